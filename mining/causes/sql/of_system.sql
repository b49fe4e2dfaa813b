-- returns: which system was used in which case
SELECT DISTINCT case_no, system_no AS value FROM event WHERE system_no IS NOT NULL
