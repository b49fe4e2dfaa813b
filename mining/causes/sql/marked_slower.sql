-- returns: temporary table marked_case: the complete cases; marked: those with a cycle time above $seconds
CREATE OR REPLACE TEMP TABLE marked_case AS
SELECT case_no, variant_no, started, (epoch_us(ended) - epoch_us(started)) / 1e6 AS seconds,
       (epoch_us(ended) - epoch_us(started)) / 1e6 > $seconds AS marked
FROM case_ WHERE complete;
