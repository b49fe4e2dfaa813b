-- returns: case, activity and moment of examples that are given by their numbers, in the order given
-- why: a rule finds by numbers; only what is shown is looked up
SELECT c.case_id, a.name, coalesce(e.ended, c.started)
FROM (SELECT unnest($cases) AS case_no, unnest($positions) AS position, unnest($orders) AS place) x
LEFT JOIN case_ c ON c.case_no = x.case_no
LEFT JOIN event e ON e.case_no = x.case_no AND e.position = x.position
LEFT JOIN activity a ON a.activity_no = e.activity_no
ORDER BY x.place;
