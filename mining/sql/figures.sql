-- returns: what was measured at each activity and on each path: source (null: the activity itself), target, count,
-- waiting n, quantiles and mean and total in seconds, the same of service, rework, cost n and total
-- why: one scan; a path's figures are those of the activity instances that it leads to
WITH measured AS (
    SELECT previous_activity_no AS source_no, activity_no AS target_no, grouping(previous_activity_no) AS whole,
           count(*) AS count,
           count(waiting) AS waiting_n, quantile_cont(waiting, [0.5, 0.95]) AS waiting_quantiles,
           avg(waiting) AS waiting_mean, sum(waiting) AS waiting_total,
           count(service) AS service_n, quantile_cont(service, [0.5, 0.95]) AS service_quantiles,
           avg(service) AS service_mean, sum(service) AS service_total,
           count(*) FILTER (repeated) AS rework, count(cost) AS cost_n, sum(cost) AS cost_total
    FROM event GROUP BY GROUPING SETS ((activity_no), (previous_activity_no, activity_no))
)
SELECT s.name, t.name, count, waiting_n, waiting_quantiles[1], waiting_mean, waiting_quantiles[2], waiting_total,
       service_n, service_quantiles[1], service_mean, service_quantiles[2], service_total, rework, cost_n, cost_total
FROM measured JOIN activity t ON t.activity_no = target_no
LEFT JOIN activity s ON whole = 0 AND s.activity_no = source_no
WHERE whole = 1 OR source_no IS NOT NULL;
