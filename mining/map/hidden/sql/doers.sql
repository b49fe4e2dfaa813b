-- returns: who did each activity: activity, performer, instances, cases; people and performers of unknown kind
WITH counted AS (
    SELECT activity_no, performer_no, count(*) AS count, count(DISTINCT case_no) AS cases
    FROM event WHERE performer_no IS NOT NULL AND kind IN ('human', 'unknown') GROUP BY ALL
)
SELECT a.name, p.name, count, counted.cases
FROM counted JOIN performer p USING (performer_no) JOIN activity a USING (activity_no)
ORDER BY a.name, p.name;
