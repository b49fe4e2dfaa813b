-- returns: the table resolution: for each activity, whether its times are told to the minute or the day only
-- why: equal times say that a row is doubled only where two things could not both fall into one of them
-- Judged by the activity's own ends where it has twenty, else by all of the log, and not at all below twenty.
CREATE OR REPLACE TEMP TABLE resolution AS
WITH own AS (
    SELECT activity_no, count(*) AS n, count(*) FILTER (epoch_us(ended) % 60000000 = 0) AS whole FROM event GROUP BY activity_no
), log AS (SELECT sum(n) AS n, sum(whole) AS whole FROM own)
SELECT activity_no, CASE WHEN own.n >= 20 THEN own.whole >= 0.9 * own.n
                         ELSE log.n >= 20 AND log.whole >= 0.9 * log.n END AS coarse
FROM own, log;
