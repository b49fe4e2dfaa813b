-- returns: the complete cases with their cost per task and how many instances have a cost, dearest case first
WITH per_case AS (
    SELECT case_no, count(cost) AS n, sum(cost) AS cost FROM event GROUP BY case_no
)
SELECT case_no, case_id, started, ended, complete, events, CASE WHEN n > 0 THEN cost / n END AS value, n,
       NULL::TIMESTAMP AS due, count(*) OVER () AS total
FROM case_ JOIN per_case USING (case_no)
WHERE complete
ORDER BY cost DESC NULLS LAST, case_no LIMIT $limit OFFSET $offset
