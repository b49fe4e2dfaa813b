-- returns: how many instances of each activity each performer did, and as what kind
SELECT a.name AS activity, p.name AS performer, event.kind::VARCHAR AS kind, count(*) AS instances
FROM event JOIN activity a USING (activity_no) LEFT JOIN performer p USING (performer_no)
GROUP BY ALL ORDER BY ALL;
