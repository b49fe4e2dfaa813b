-- returns: for each group: key, instances, cases; then count, mean, median, 95th percentile and total of waiting,
--   service and cycle time
-- why: percentiles are exact; a weekday or hour takes the activity instances that begin then and the cases that start
--   then, every other group the cases that contain it, so that one case can stand in several groups. Cases are those of the
--   instances counted; one of them may have another time that cannot be believed, and so no cycle time
WITH keyed AS (
    SELECT case_no, waiting, service,
           CASE $by WHEN 'activity' THEN activity_no
                    WHEN 'path' THEN (previous_activity_no::BIGINT << 32) | activity_no
                    WHEN 'performer' THEN coalesce(performer_no, -1)
                    WHEN 'system' THEN coalesce(system_no, -1)
                    WHEN 'weekday' THEN isodow(local_begun) - 1
                    WHEN 'hour' THEN hour(local_begun) END AS key
    FROM timed
), instance AS (
    SELECT key, count(*) AS instances,
           count(waiting) AS wn, avg(waiting) AS wm, quantile_cont(waiting, [0.5, 0.95]) AS wq, sum(waiting) AS wt,
           count(service) AS sn, avg(service) AS sm, quantile_cont(service, [0.5, 0.95]) AS sq, sum(service) AS st
    FROM keyed WHERE key IS NOT NULL GROUP BY key
), held AS (
    SELECT DISTINCT key, case_no FROM keyed WHERE key IS NOT NULL AND $by NOT IN ('weekday', 'hour')
    UNION ALL
    SELECT CASE $by WHEN 'weekday' THEN isodow(min(local_begun)) - 1 ELSE hour(min(local_begun)) END, case_no
    FROM timed WHERE $by IN ('weekday', 'hour') GROUP BY case_no
), of_case AS (
    SELECT key, count(*) AS cases,
           count(cycle) AS cn, avg(cycle) AS cm, quantile_cont(cycle, [0.5, 0.95]) AS cq, sum(cycle) AS ct
    FROM held LEFT JOIN timed_case USING (case_no) GROUP BY key
)
SELECT key, coalesce(instances, 0), coalesce(cases, 0),
       coalesce(wn, 0), wm, wq[1], wq[2], wt, coalesce(sn, 0), sm, sq[1], sq[2], st, coalesce(cn, 0), cm, cq[1], cq[2], ct
FROM instance FULL JOIN of_case USING (key) ORDER BY key;
