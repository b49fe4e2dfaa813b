-- title: Cost per task
-- definition: Sum of the costs of all activity instances of cases that are over, failed attempts included, divided by the
--   number of tasks that were completed: those instances that did not fail. An instance without a cost is left out;
--   it is never counted as free. Cost per case and attempts per task stand beside it.
-- unit: currency a task
-- direction: lower is better
-- needs: A cost on at least 80 % of the activity instances of cases that are over.
-- interval: 95 % interval of a ratio of sums, cases as the independent units, Student's t with one degree less than cases.
-- formula source: Cochran, Sampling Techniques, 3rd edition, 1977, section 6.3.
-- version: 2
WITH chosen AS (
    SELECT case_no, date_trunc($bucket::VARCHAR, started) AS bucket FROM case_
    WHERE state IN ('complete', 'failed', 'cancelled') AND (sound OR $bucket::VARCHAR IS NULL)
), simulated AS (
    SELECT performer_no FROM performer WHERE simulated
), per_case AS (
    SELECT case_no, count(*) AS total, count(cost) AS known, sum(cost) AS cost,
           count(cost) FILTER (WHERE failed IS NOT TRUE) AS tasks, count(*) FILTER (WHERE failed IS NOT TRUE) AS done,
           count(*) FILTER (WHERE cost IS NOT NULL AND performer_no IN (FROM simulated)) AS simulated
    FROM event GROUP BY case_no
), summed AS (
    SELECT bucket, sum(cost) / nullif(sum(tasks), 0) AS value, sum(known) AS n, sum(total) AS total, sum(tasks) AS tasks,
           sum(cost) / nullif(count(*) FILTER (WHERE known > 0), 0) AS a_case, sum(total) / nullif(sum(done), 0) AS attempts,
           count(*) FILTER (WHERE known > 0) AS cases, sum(simulated) AS simulated,
           sum(cost * cost) AS yy, sum(cost * tasks) AS yx, sum(tasks * tasks) AS xx
    FROM chosen JOIN per_case USING (case_no) GROUP BY bucket
)
SELECT bucket, value, n, total, tasks, a_case, attempts, cases,
       greatest(0, yy - 2 * value * yx + value * value * xx) AS residual_squares,
       n AS instances, simulated
FROM summed ORDER BY bucket
