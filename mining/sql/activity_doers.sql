-- returns: who did the activity `$activity` and in which system: what ('performer' or 'system'), name, kind, count,
-- and how many different ones there are; the `$most` most frequent
WITH done AS (
    SELECT performer_no, kind, system_no, count(*) AS count FROM event
    WHERE activity_no = (SELECT activity_no FROM activity WHERE name = $activity) GROUP BY ALL
), named AS (
    SELECT 'performer' AS what, p.name, done.kind::VARCHAR AS kind, sum(count)::BIGINT AS count
    FROM done JOIN performer p USING (performer_no) GROUP BY ALL
    UNION ALL
    SELECT 'system', s.name, 'system', sum(count)::BIGINT FROM done JOIN system s USING (system_no) GROUP BY ALL
)
SELECT what, name, kind, count, count(*) OVER (PARTITION BY what) AS different
FROM named QUALIFY row_number() OVER (PARTITION BY what ORDER BY count DESC, name) <= $most
ORDER BY what, count DESC, name;
