-- returns: which kind of performer did something in which case
SELECT DISTINCT e.case_no, p.kind AS value FROM (SELECT DISTINCT case_no, performer_no FROM event) e
JOIN performer p USING (performer_no) WHERE p.kind <> 'unknown'
