-- returns: the cases in which one performer did both activities: case, performer, kind, when each was done last
WITH done AS (
    SELECT case_no, performer_no, a.name, max(ended) AS ended
    FROM event JOIN activity a USING (activity_no)
    WHERE performer_no IS NOT NULL AND a.name IN ($first, $second) GROUP BY ALL
)
SELECT c.case_id, p.name, p.kind, d.ended, e.ended
FROM done d JOIN done e ON e.case_no = d.case_no AND e.performer_no = d.performer_no
JOIN case_ c ON c.case_no = d.case_no JOIN performer p ON p.performer_no = d.performer_no
WHERE d.name = $first AND e.name = $second
ORDER BY c.case_no, p.name LIMIT $most;
