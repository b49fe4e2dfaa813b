-- returns: how often each performer did each activity: performer, kind, activity, instances, cases
SELECT p.name, p.kind, a.name, count(*), count(DISTINCT case_no)
FROM event JOIN performer p USING (performer_no) JOIN activity a USING (activity_no)
GROUP BY ALL ORDER BY p.name, a.name;
