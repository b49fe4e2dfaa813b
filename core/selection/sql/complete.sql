-- returns: the cases that the log calls complete
SELECT case_no FROM case_ WHERE complete
