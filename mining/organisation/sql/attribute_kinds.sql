-- returns: for each value of one event attribute ("@attribute") the performer kind that most of its instances have
SELECT a."@attribute"::VARCHAR AS value, mode(e.kind::VARCHAR ORDER BY e.kind::VARCHAR)
FROM event_attribute a JOIN event e USING (case_no, position)
WHERE a."@attribute" IS NOT NULL GROUP BY value ORDER BY value;
