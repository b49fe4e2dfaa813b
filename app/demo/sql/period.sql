-- returns: one row: how many cases are complete, the first start and the last start of one
SELECT count(*) AS cases, min(started) AS first, max(started) AS last FROM case_ WHERE complete
