-- returns: for each activity that a case ended with: how many ended with it, and of the cases that had it and have been
-- quiet for long, the share that it was the last of; by falling number of cases
-- why: a case is over where it ends as cases do that have stopped growing. Long is what 95 of 100 waits in this log keep
--   within; where hardly any case has been quiet for so long, all are looked at.
WITH waited AS (
    SELECT coalesce(quantile_disc(waiting, 0.95), 0) AS horizon FROM event
    WHERE case_no % greatest(1, (SELECT count(*) FROM numbered_case) // 20000) = 0
), edge AS (
    SELECT max(ended) FILTER (sound) AS until FROM numbered_case
), quiet AS (
    SELECT s.trace_hash, s.length, count(*) AS cases,
           count(*) FILTER (c.ended < edge.until - to_microseconds((waited.horizon * 1e6)::BIGINT)) AS old
    FROM numbered_case c JOIN signature s USING (case_no), edge, waited GROUP BY ALL
), enough AS (
    SELECT sum(old) >= 0.2 * sum(cases) AS many FROM quiet
), traced AS (
    SELECT v.trace, q.cases, CASE WHEN enough.many THEN q.old ELSE q.cases END AS looked
    FROM quiet q JOIN numbered_variant n ON n.trace_hash = q.trace_hash AND n.length = q.length
    JOIN variant v USING (variant_no), enough
), had AS (
    SELECT activity_no, sum(looked) AS looked
    FROM (SELECT unnest(list_distinct(trace)) AS activity_no, looked FROM traced) GROUP BY activity_no
), last AS (
    SELECT trace[len(trace)] AS activity_no, sum(cases) AS cases, sum(looked) AS looked FROM traced GROUP BY ALL
)
SELECT a.name, l.cases::BIGINT, CASE WHEN h.looked > 0 THEN l.looked / h.looked END AS share, horizon
FROM last l JOIN had h USING (activity_no) JOIN activity a USING (activity_no), waited
ORDER BY l.cases DESC, a.name;
