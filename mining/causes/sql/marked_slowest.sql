-- returns: temporary table marked_case: the complete cases; marked: the slowest share of them
-- why: an open case has no cycle time yet; of cases at the limit itself none is marked, so ties are never split
CREATE OR REPLACE TEMP TABLE marked_case AS
WITH timed AS (
    SELECT case_no, variant_no, started, (epoch_us(ended) - epoch_us(started)) / 1e6 AS seconds FROM case_ WHERE complete
)
SELECT *, seconds > (SELECT quantile_disc(seconds, 1 - $share::DOUBLE) FROM timed) AS marked FROM timed;
