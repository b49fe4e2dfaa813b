-- returns: one row: how many cases are complete, the first start and the last start of one
SELECT count(*), min(started), max(started) FROM case_ WHERE complete
