-- returns: the complete cases with their cycle time in seconds, slowest first; those without one are last
SELECT case_no, case_id, started, ended, complete, events,
       cycle AS value, 1 AS n,
       NULL::TIMESTAMP AS due, count(*) OVER () AS total
FROM case_
WHERE complete AND sound
ORDER BY value DESC NULLS LAST, case_no LIMIT $limit OFFSET $offset
