-- title: Error rate
-- definition: Share of activity instances that failed, among those of complete cases whose outcome is known.
-- unit: share
-- direction: lower is better
-- needs: A known outcome of at least 80 % of the activity instances of complete cases.
-- interval: 95 % Wilson interval; where failures cluster in cases, with the effective number of instances.
-- formula source: Wilson, Probable inference, 1927; Kish, Survey Sampling, 1965, section 8.2.
-- version: 1
WITH chosen AS (
    SELECT case_no, date_trunc($bucket::VARCHAR, ended) AS bucket FROM case_ WHERE complete
), simulated AS (
    SELECT performer_no FROM performer WHERE simulated
), per_case AS (
    SELECT case_no, count(*) AS total, count(failed) AS known, count(*) FILTER (WHERE failed) AS failures,
           count(*) FILTER (WHERE failed IS NOT NULL AND performer_no IN (FROM simulated)) AS simulated
    FROM event GROUP BY case_no
), summed AS (
    SELECT bucket, sum(failures) / sum(known) AS value, sum(known) AS n, sum(total) AS total,
           sum(failures) AS hits, count(*) FILTER (WHERE known > 0) AS cases, sum(simulated) AS simulated,
           sum(failures * failures) AS yy, sum(failures * known) AS yx, sum(known * known) AS xx
    FROM chosen JOIN per_case USING (case_no) GROUP BY bucket
)
SELECT bucket, CASE WHEN n > 0 THEN value END AS value, n, total, hits, cases,
       greatest(0, yy - 2 * value * yx + value * value * xx) AS residual_squares,
       n AS instances, simulated
FROM summed ORDER BY bucket
