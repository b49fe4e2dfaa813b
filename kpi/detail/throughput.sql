-- returns: the complete cases, last ended first
SELECT case_no, case_id, started, ended, complete, events, NULL::DOUBLE AS value, 1 AS n, NULL::TIMESTAMP AS due,
       count(*) OVER () AS total
FROM case_ WHERE complete AND sound ORDER BY ended DESC, case_no LIMIT $limit OFFSET $offset
