-- returns: as `boundaries`, by the value of one event attribute ("@attribute")
SELECT CASE WHEN side THEN 'start' ELSE 'end' END, value, count(*)
FROM (
    SELECT unnest(CASE WHEN c.events = 1 THEN [true, false] ELSE [a.position = 1] END) AS side,
           a."@attribute"::VARCHAR AS value
    FROM event_attribute a JOIN case_ c ON c.case_no = a.case_no AND a.position IN (1, c.events)
) WHERE value IS NOT NULL GROUP BY ALL ORDER BY ALL;
