-- returns: temporary table marked_case: the complete cases that have a cycle time; marked: the slowest share of them
-- why: an open case has no cycle time yet, nor has one that was seen at one moment only; of cases at the limit itself none
-- is marked, so ties are never split
CREATE OR REPLACE TEMP TABLE marked_case AS
WITH once AS (
    SELECT case_no FROM case_ JOIN event USING (case_no) WHERE case_.events = 1 AND event.started IS NULL
), timed AS (
    SELECT case_no, variant_no, started, (epoch_us(ended) - epoch_us(started)) / 1e6 AS seconds
    FROM case_ ANTI JOIN once USING (case_no) WHERE complete
)
SELECT *, seconds > (SELECT quantile_disc(seconds, 1 - $share::DOUBLE) FROM timed) AS marked FROM timed;
