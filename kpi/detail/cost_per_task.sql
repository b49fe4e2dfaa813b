-- returns: the cases that are over with their cost per task and how many instances have a cost, dearest case first
WITH per_case AS (
    SELECT case_no, count(cost) AS n, sum(cost) AS cost, count(cost) FILTER (failed IS NOT TRUE) AS tasks
    FROM event GROUP BY case_no
)
SELECT case_no, case_id, started, ended, complete, events, cost / nullif(tasks, 0) AS value, n,
       NULL::TIMESTAMP AS due, count(*) OVER () AS total
FROM case_ JOIN per_case USING (case_no)
WHERE state IN ('complete', 'failed', 'cancelled')
ORDER BY cost DESC NULLS LAST, case_no LIMIT $limit OFFSET $offset
