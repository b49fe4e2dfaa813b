-- title: Error rate
-- definition: Share of attempts that failed: activity instances of cases that are over, among those whose outcome is known.
--   Beside it stand the share of tasks that failed for good (no later attempt at them in the case succeeded) and the share
--   of cases with such a task, or that failed as a whole.
-- unit: share
-- direction: lower is better
-- needs: A known outcome of at least 80 % of the activity instances of cases that are over.
-- interval: 95 % Wilson interval; where failures cluster in cases, with the effective number of instances.
-- formula source: Wilson, Probable inference, 1927; Kish, Survey Sampling, 1965, section 8.2.
-- version: 2
WITH chosen AS (
    SELECT case_no, state, date_trunc($bucket::VARCHAR, started) AS bucket FROM case_
    WHERE state IN ('complete', 'failed', 'cancelled') AND (sound OR $bucket::VARCHAR IS NULL)
), simulated AS (
    SELECT performer_no FROM performer WHERE simulated
), last_attempt AS (
    SELECT case_no, activity_no, arg_max(failed, position) AS failed
    FROM event WHERE failed IS NOT NULL AND case_no IN (SELECT case_no FROM event WHERE failed) GROUP BY ALL
), for_good AS (
    SELECT case_no, count(*) FILTER (WHERE failed) AS tasks FROM last_attempt GROUP BY case_no
), per_case AS (
    SELECT case_no, count(*) AS total, count(failed) AS known, count(*) FILTER (WHERE failed) AS failures,
           count(*) FILTER (WHERE NOT failed) AS done,
           count(*) FILTER (WHERE failed IS NOT NULL AND performer_no IN (FROM simulated)) AS simulated
    FROM event GROUP BY case_no
), summed AS (
    SELECT bucket, sum(failures) / nullif(sum(known), 0) AS value, sum(known) AS n, sum(total) AS total,
           sum(failures) AS hits, count(*) FILTER (WHERE known > 0) AS cases, sum(simulated) AS simulated,
           sum(coalesce(g.tasks, 0)) / nullif(sum(done) + sum(coalesce(g.tasks, 0)), 0) AS of_tasks,
           count(*) FILTER (WHERE g.tasks > 0 OR state = 'failed') / count(*) AS of_cases,
           sum(failures * failures) AS yy, sum(failures * known) AS yx, sum(known * known) AS xx
    FROM chosen JOIN per_case USING (case_no) LEFT JOIN for_good g USING (case_no) GROUP BY bucket
)
SELECT bucket, value, n, total, hits, of_tasks, of_cases, cases,
       greatest(0, yy - 2 * value * yx + value * value * xx) AS residual_squares,
       n AS instances, simulated
FROM summed ORDER BY bucket
