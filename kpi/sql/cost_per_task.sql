-- title: Cost per task
-- definition: Sum of the costs of the activity instances of complete cases, divided by the number of those that have a
--   cost. An instance without a cost is left out; it is never counted as free.
-- unit: currency a task
-- direction: lower is better
-- needs: A cost on at least 80 % of the activity instances of complete cases.
-- interval: 95 % interval of a ratio of sums, cases as the independent units, Student's t with one degree less than cases.
-- formula source: Cochran, Sampling Techniques, 3rd edition, 1977, section 6.3.
-- version: 1
WITH chosen AS (
    SELECT case_no, date_trunc($bucket::VARCHAR, ended) AS bucket FROM case_ WHERE complete
), simulated AS (
    SELECT performer_no FROM performer WHERE simulated
), per_case AS (
    SELECT case_no, count(*) AS total, count(cost) AS known, sum(cost) AS cost,
           count(*) FILTER (WHERE cost IS NOT NULL AND performer_no IN (FROM simulated)) AS simulated
    FROM event GROUP BY case_no
), summed AS (
    SELECT bucket, sum(cost) / sum(known) AS value, sum(known) AS n, sum(total) AS total,
           count(*) FILTER (WHERE known > 0) AS cases, sum(simulated) AS simulated,
           sum(cost * cost) AS yy, sum(cost * known) AS yx, sum(known * known) AS xx
    FROM chosen JOIN per_case USING (case_no) GROUP BY bucket
)
SELECT bucket, CASE WHEN n > 0 THEN value END AS value, n, total, cases,
       greatest(0, yy - 2 * value * yx + value * value * xx) AS residual_squares,
       n AS instances, simulated
FROM summed ORDER BY bucket
