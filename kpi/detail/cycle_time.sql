-- returns: the complete cases with their cycle time in seconds, slowest first; those without one are last
WITH unobserved AS (
    SELECT case_no FROM case_ JOIN event USING (case_no) WHERE case_.events = 1 AND event.started IS NULL
)
SELECT case_no, case_id, started, ended, complete, events,
       CASE WHEN u.case_no IS NULL THEN (epoch_us(ended) - epoch_us(started)) / 1e6 END AS value, 1 AS n,
       NULL::TIMESTAMP AS due, count(*) OVER () AS total
FROM case_ LEFT JOIN unobserved u USING (case_no)
WHERE complete
ORDER BY value DESC NULLS LAST, case_no LIMIT $limit OFFSET $offset
