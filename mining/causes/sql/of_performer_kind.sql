-- returns: which kind of performer did something in which case
SELECT DISTINCT case_no, kind::VARCHAR AS value FROM event WHERE kind <> 'unknown'
