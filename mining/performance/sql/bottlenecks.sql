-- returns: key, waits, 25th percentile, median, total waiting, total delay, cases delayed; by falling delay
WITH keyed AS (
    SELECT case_no, waiting,
           CASE $by WHEN 'path' THEN (previous_activity_no::BIGINT << 32) | activity_no ELSE activity_no END AS key
    FROM timed WHERE waiting IS NOT NULL
), reference AS (
    SELECT key, count(*) AS waits, quantile_cont(waiting, [0.25, 0.5]) AS q, sum(waiting) AS waiting
    FROM keyed GROUP BY key
), of_case AS (
    SELECT key, case_no, sum(greatest(0, k.waiting - q[1])) AS delay
    FROM keyed k JOIN reference USING (key) GROUP BY key, case_no
), delayed AS (
    SELECT key, sum(delay) AS delay, count(*) FILTER (delay > 0) AS cases FROM of_case GROUP BY key
)
SELECT key, waits, q[1], q[2], waiting, delay, cases FROM reference JOIN delayed USING (key)
ORDER BY delay DESC, waiting DESC, key;
