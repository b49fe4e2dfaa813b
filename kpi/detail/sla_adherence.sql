-- returns: the cases that are due, 1 for met and 0 for missed, the longest overdue first
WITH promised AS (
    SELECT *, coalesce(due, started + to_microseconds(($sla_seconds::DOUBLE * 1e6)::BIGINT)) AS due_at FROM case_
)
SELECT case_no, case_id, started, ended, complete, events,
       CASE WHEN complete AND ended <= due_at THEN 1::DOUBLE ELSE 0::DOUBLE END AS value, 1 AS n, due_at AS due,
       count(*) OVER () AS total
FROM promised
WHERE due_at IS NOT NULL AND (complete OR due_at < $as_of::TIMESTAMP)
ORDER BY value, epoch_us(CASE WHEN complete THEN ended ELSE $as_of::TIMESTAMP END) - epoch_us(due_at) DESC, case_no
LIMIT $limit OFFSET $offset
