-- returns: the cases that are due, 1 for met and 0 for missed, the longest overdue first
WITH promised AS (
    SELECT *, due_by(due, started, $sla_seconds::DOUBLE) AS due_at FROM case_
), judged AS (
    SELECT * EXCLUDE (met), met_of(state, sound, ended, due_at, $as_of::TIMESTAMP) AS met FROM promised
)
SELECT case_no, case_id, started, ended, complete, events,
       met::INTEGER::DOUBLE AS value, 1 AS n, due_at AS due,
       count(*) OVER () AS total
FROM judged WHERE met IS NOT NULL
ORDER BY value, epoch_us(CASE WHEN complete THEN ended ELSE $as_of::TIMESTAMP END) - epoch_us(due_at) DESC, case_no
LIMIT $limit OFFSET $offset
