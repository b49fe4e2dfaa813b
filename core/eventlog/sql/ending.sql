-- returns: for each activity that a case ended with: how many ended with it, and of the old cases that had it the share that it
-- was the last of; the time that 95 of 100 waits keep within; by falling number of cases
-- why: a case is over where it ends as cases do that have stopped growing. Old is a case that began longer ago than 95 of 100
--   cases lasted: taken by its start, since taking those whose end lies far back would favour what breaks off early. Where
--   hardly any case is so old, all are looked at. A case in which an activity instance began last that has no end, goes on.
WITH waited AS (
    SELECT coalesce(quantile_disc(waiting, 0.95), 0) AS horizon FROM event
    WHERE case_no % greatest(1, (SELECT count(*) FROM numbered_case) // 20000) = 0
), edge AS (
    SELECT (SELECT max(ended) FILTER (sound) FROM event) AS until,
           to_microseconds(quantile_disc(epoch_us(ended) - epoch_us(started), 0.95)) AS lasted
    FROM numbered_case WHERE sound
), quiet AS (
    SELECT s.trace_hash, s.length, g.case_no IS NULL AS stands, count(*) AS cases,
           count(*) FILTER (c.started <= edge.until - edge.lasted) AS old
    FROM numbered_case c JOIN signature s USING (case_no) LEFT JOIN going_on g USING (case_no), edge GROUP BY ALL
), enough AS (
    SELECT sum(old) >= 0.2 * sum(cases) AS many FROM quiet
), traced AS (
    SELECT v.trace, q.stands, q.cases, CASE WHEN enough.many THEN q.old ELSE q.cases END AS looked
    FROM quiet q JOIN numbered_variant n ON n.trace_hash = q.trace_hash AND n.length = q.length
    JOIN variant v USING (variant_no), enough
), had AS (
    SELECT activity_no, sum(looked) AS looked
    FROM (SELECT unnest(list_distinct(trace)) AS activity_no, looked FROM traced) GROUP BY activity_no
), last AS (
    SELECT trace[len(trace)] AS activity_no, sum(cases) AS cases, sum(looked) AS looked
    FROM traced WHERE stands GROUP BY ALL
)
SELECT a.name, l.cases::BIGINT, CASE WHEN h.looked > 0 THEN l.looked / h.looked END AS share, horizon
FROM last l JOIN had h USING (activity_no) JOIN activity a USING (activity_no), waited
ORDER BY l.cases DESC, a.name;
