-- title: Throughput
-- definition: Complete cases divided by the calendar days (UTC) from the day on which the first of them ended to the
--   day on which the last one ended, both days counted. A period of a trend counts the cases that ended in it, and only its days between those two.
-- unit: cases a day
-- direction: higher is better
-- needs: At least 2 complete cases whose ends lie a day or more apart.
-- interval: 95 % Poisson interval of the count (Byar), which takes cases to end independently of each other.
-- formula source: Breslow and Day, Statistical Methods in Cancer Research II, 1987, p. 69.
-- version: 2
WITH chosen AS (
    SELECT case_no, events, ended, date_trunc($bucket::VARCHAR, ended) AS bucket FROM case_ WHERE complete AND sound
), period AS (
    SELECT min(ended) AS first_end, max(ended) AS last_end,
           date_trunc('day', min(ended)) AS first_day, date_trunc('day', max(ended)) + INTERVAL 1 DAY AS after_last_day
    FROM chosen
), simulated AS (
    SELECT case_no, count(*) AS instances
    FROM event JOIN performer USING (performer_no) WHERE performer.simulated GROUP BY case_no
), counted AS (
    SELECT bucket, count(*) AS n, sum(events) AS instances, coalesce(sum(simulated.instances), 0) AS simulated
    FROM chosen LEFT JOIN simulated USING (case_no) GROUP BY bucket
), clipped AS (
    SELECT counted.*, epoch(last_end - first_end) AS span,
           date_diff('day', greatest(first_day, coalesce(bucket, first_day)),
                     least(after_last_day, coalesce(bucket + CASE $bucket::VARCHAR
                               WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY WHEN 'month' THEN INTERVAL 1 MONTH
                               WHEN 'quarter' THEN INTERVAL 3 MONTH WHEN 'year' THEN INTERVAL 1 YEAR END, after_last_day))) AS days
    FROM counted CROSS JOIN period
)
SELECT bucket, n / days AS value, n, days, span, instances, simulated FROM clipped ORDER BY bucket
