-- returns: temporary table binned: the cases in order of their start, cut into parts of $size cases; a rest that fills no
-- part belongs to the last
CREATE OR REPLACE TEMP TABLE binned AS
SELECT case_no, variant_no, started, CASE WHEN complete THEN (epoch_us(ended) - epoch_us(started)) / 1e6 END AS seconds,
       least((row_number() OVER (ORDER BY started, case_no) - 1) // $size, $parts - 1)::INTEGER AS part
FROM case_;
