-- returns: the number of activity instances of each case
SELECT case_no, events AS value FROM case_
