-- returns: the activity instances of some cases in order: case, start of the case, activity, times, cost, who, failed
SELECT e.case_no, c.case_id, c.started AS case_started, a.name AS activity, e.started, e.ended, e.cost,
       e.kind = 'system' AS by_system, coalesce(e.failed, false) AS failed
FROM event e
JOIN case_ c USING (case_no)
JOIN activity a USING (activity_no)
WHERE e.case_no IN (SELECT unnest($cases::INTEGER[]))
ORDER BY e.case_no, e.position
