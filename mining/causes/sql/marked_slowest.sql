-- returns: temporary table marked_case: the complete cases that have a cycle time; marked: the slowest share of them
-- why: an open case has no cycle time yet, nor has one that was seen at one moment only; of cases at the limit itself none
-- is marked, so ties are never split
CREATE OR REPLACE TEMP TABLE marked_case AS
WITH timed AS (SELECT case_no, variant_no, started, cycle AS seconds FROM case_ WHERE cycle IS NOT NULL)
SELECT *, seconds > (SELECT quantile_disc(seconds, 1 - $share::DOUBLE) FROM timed) AS marked FROM timed;
