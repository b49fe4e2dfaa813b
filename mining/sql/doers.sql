-- returns: who did each activity and in which system: activity, what ('performer' or 'system'), name, kind, count
WITH done AS (
    SELECT activity_no, 'performer' AS what, p.name, event.kind::VARCHAR AS kind, count(*) AS count
    FROM event JOIN performer p USING (performer_no) GROUP BY ALL
    UNION ALL
    SELECT activity_no, 'system', s.name, 'system', count(*)
    FROM event JOIN system s USING (system_no) GROUP BY ALL
)
SELECT a.name AS activity, what, done.name, kind, count
FROM done JOIN activity a USING (activity_no)
QUALIFY row_number() OVER (PARTITION BY activity_no, what ORDER BY count DESC, done.name) <= $most
ORDER BY a.name, what, count DESC, done.name;
