-- returns: one row: cases with an activity instance whose times can be believed; of those that have no other: complete cases;
--   count, mean, median, 95th percentile and total of their cycle time; complete
--   cases a day, by the UTC days from the first to the last end; (as the KPI
--   throughput, null where they end within one day); cases open at once, mean over the time of the log
-- why: an open case is taken to be open until the last moment of the log
WITH period AS (SELECT min(started) AS first_start, max(ended) AS last_end FROM timed_case)
SELECT (SELECT count(*) FROM case_ WHERE sound)
           + (SELECT count(DISTINCT case_no) FROM timed SEMI JOIN (FROM case_ WHERE NOT sound) USING (case_no)),
       count(*) FILTER (complete),
       count(cycle), avg(cycle), quantile_cont(cycle, 0.5), quantile_cont(cycle, 0.95), sum(cycle),
       CASE WHEN max(ended) FILTER (complete) - min(ended) FILTER (complete) >= INTERVAL 1 DAY
            THEN count(*) FILTER (complete)
                 / (date_diff('day', min(ended) FILTER (complete), max(ended) FILTER (complete)) + 1) END,
       sum(epoch_us(CASE WHEN state = 'open' THEN last_end ELSE ended END) - epoch_us(started))
           / nullif(any_value(epoch_us(last_end) - epoch_us(first_start)), 0)
FROM timed_case, period;
