-- returns: the cases that are over with the share of their instances that failed and how many have a known outcome, most failures first
WITH per_case AS (
    SELECT case_no, count(failed) AS n, count(*) FILTER (WHERE failed) AS failures FROM event GROUP BY case_no
)
SELECT case_no, case_id, started, ended, complete, events, CASE WHEN n > 0 THEN failures / n END AS value, n,
       NULL::TIMESTAMP AS due, count(*) OVER () AS total
FROM case_ JOIN per_case USING (case_no)
WHERE state IN ('complete', 'failed', 'cancelled')
ORDER BY failures DESC, value DESC NULLS LAST, case_no LIMIT $limit OFFSET $offset
