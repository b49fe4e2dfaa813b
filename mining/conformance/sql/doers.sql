-- returns: activity, performer, kind and cases for every pair in the log
-- why: a wrong performer is found among these few rows; only the cases of those that are wrong are fetched
SELECT a.name AS activity, p.name AS performer, e.kind::VARCHAR AS kind, count(DISTINCT e.case_no) AS cases
FROM event e JOIN activity a USING (activity_no) JOIN performer p USING (performer_no)
GROUP BY ALL ORDER BY ALL;
