-- title: Cycle time
-- definition: Median time from a case's first start (without starts: its first end) to its last end, over complete
--   cases, less the time in which a case waited for somebody outside. Shown with the mean and the 95th percentile. A case
--   of one activity instance without a start, or with a time that cannot be true, has no cycle time and is left out;
--   it is never counted as 0.
-- unit: seconds
-- direction: lower is better
-- needs: Complete cases, at least 80 % of them with a cycle time.
-- interval: 95 % order-statistic interval of the median, ranks (n + 1)/2 -/+ 1.96 sqrt(n)/2, from 6 cases on.
-- formula source: Campbell and Gardner, Calculating confidence intervals for some non-parametric analyses, 1988.
-- version: 2
WITH chosen AS (
    SELECT case_no, events, date_trunc($bucket::VARCHAR, started) AS bucket, cycle AS seconds FROM case_ WHERE complete AND sound
), simulated AS (
    SELECT case_no, count(*) AS instances
    FROM event JOIN performer USING (performer_no) WHERE performer.simulated GROUP BY case_no
), sorted AS (
    SELECT bucket, count(*) AS total, count(seconds) AS n, avg(seconds) AS mean, quantile_cont(seconds, 0.95) AS p95,
           list(seconds ORDER BY seconds) FILTER (WHERE seconds IS NOT NULL) AS s,
           sum(events) FILTER (WHERE seconds IS NOT NULL) AS instances,
           coalesce(sum(simulated.instances) FILTER (WHERE seconds IS NOT NULL), 0) AS simulated
    FROM chosen LEFT JOIN simulated USING (case_no) GROUP BY bucket
), ranked AS (
    SELECT *, floor((n + 1 - 1.959963984540054 * sqrt(n)) / 2)::BIGINT AS low_rank FROM sorted
)
SELECT bucket, (s[(n + 1) // 2] + s[n // 2 + 1]) / 2 AS value, n, total, mean,
       p95,
       CASE WHEN low_rank >= 1 THEN s[low_rank] END AS low,
       CASE WHEN low_rank >= 1 THEN s[n + 1 - low_rank] END AS high,
       instances, simulated
FROM ranked ORDER BY bucket
