-- returns: case, activity and moment of examples that are given by their numbers, in the order given
-- why: a rule finds by numbers; only what is shown is looked up
WITH asked AS (SELECT unnest($cases) AS case_no, unnest($positions) AS position, unnest($orders) AS place),
of_case AS (SELECT DISTINCT c.case_no, c.case_id, c.started FROM case_ c JOIN asked USING (case_no)),
of_event AS (
    SELECT DISTINCT e.case_no, e.position, e.activity_no, e.ended FROM event e JOIN asked x
    ON e.case_no = x.case_no AND e.position = x.position
)
SELECT c.case_id, a.name, coalesce(e.ended, c.started)
FROM asked x
LEFT JOIN of_case c ON c.case_no = x.case_no
LEFT JOIN of_event e ON e.case_no = x.case_no AND e.position = x.position
LEFT JOIN activity a ON a.activity_no = e.activity_no
ORDER BY x.place;
