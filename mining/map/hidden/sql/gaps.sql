-- returns: each path with its waiting time: count, cases, 5th, 25th, 50th and 95th percentile; the hour at which the
-- gap most often ends, with its share of the gaps
-- why: hours are those of the source's own clock where the log has offsets from UTC; numbers are grouped, not names
WITH gap AS (
    SELECT previous_activity_no AS source_no, activity_no AS target_no, case_no, waiting,
           hour(coalesce(started, ended) + to_minutes(coalesce(started_offset, ended_offset, 0))) AS hour
    FROM event WHERE previous_activity_no IS NOT NULL
), by_hour AS (
    SELECT source_no, target_no, hour, count(*) AS count FROM gap GROUP BY ALL
), busiest AS (
    SELECT source_no, target_no, arg_max(hour, (count, -hour)) AS hour, max(count) / sum(count) AS hour_share
    FROM by_hour GROUP BY ALL
), covered AS (
    SELECT source_no, target_no, count(*) AS cases
    FROM (SELECT DISTINCT source_no, target_no, case_no FROM gap) GROUP BY ALL
), waited AS (
    SELECT source_no, target_no, count(*) AS count, quantile_cont(waiting, [0.05, 0.25, 0.5, 0.95]) AS percentiles
    FROM gap GROUP BY ALL
)
SELECT s.name, t.name, count, covered.cases, percentiles, hour, hour_share
FROM waited JOIN covered USING (source_no, target_no) JOIN busiest USING (source_no, target_no)
JOIN activity s ON s.activity_no = source_no JOIN activity t ON t.activity_no = target_no
ORDER BY count DESC, s.name, t.name;
