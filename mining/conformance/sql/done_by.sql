-- returns: activity, performer and case of each activity instance of `$activities` by `$performers`, pair by pair
SELECT DISTINCT a.name AS activity, p.name AS performer, e.kind::VARCHAR AS kind, e.case_no
FROM event e JOIN activity a USING (activity_no) JOIN performer p USING (performer_no)
JOIN (SELECT unnest($activities) AS activity, unnest($performers) AS performer) wanted
  ON wanted.activity = a.name AND wanted.performer = p.name
ORDER BY ALL;
