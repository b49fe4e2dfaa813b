-- returns: temporary table binned: the cases in order of their start, cut into parts of $size cases; a rest that fills no
-- part belongs to the last; a case that is open or was seen at one moment only has no cycle time
CREATE OR REPLACE TEMP TABLE binned AS
SELECT case_no, variant_no, started,
       cycle AS seconds,
       least((row_number() OVER (ORDER BY started, case_no) - 1) // $size, $parts - 1)::INTEGER AS part
FROM case_ WHERE sound;
