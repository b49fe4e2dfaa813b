-- returns: temporary table binned: the cases in order of their start, cut into parts of $size cases; a rest that fills no
-- part belongs to the last; a case that is open or was seen at one moment only has no cycle time
CREATE OR REPLACE TEMP TABLE binned AS
SELECT case_no, variant_no, started,
       CASE WHEN complete AND once.case_no IS NULL THEN (epoch_us(ended) - epoch_us(started)) / 1e6 END AS seconds,
       least((row_number() OVER (ORDER BY started, case_no) - 1) // $size, $parts - 1)::INTEGER AS part
FROM case_ LEFT JOIN (
    SELECT case_no FROM case_ JOIN event USING (case_no) WHERE case_.events = 1 AND event.started IS NULL
) once USING (case_no);
