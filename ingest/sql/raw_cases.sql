-- returns: how many different cases the rows name
SELECT count(DISTINCT case_text) FROM cells;
