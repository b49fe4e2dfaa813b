-- returns: for each value of one event attribute ("@attribute") the performer kind that most of its instances have
SELECT a."@attribute"::VARCHAR AS value, mode(coalesce(p.kind, 'unknown') ORDER BY p.kind)
FROM event_attribute a JOIN event e USING (case_no, position) LEFT JOIN performer p USING (performer_no)
WHERE a."@attribute" IS NOT NULL GROUP BY value ORDER BY value;
