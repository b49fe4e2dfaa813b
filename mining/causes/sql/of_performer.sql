-- returns: which performer did something in which case
SELECT DISTINCT case_no, performer_no AS value FROM event WHERE performer_no IS NOT NULL
