-- returns: what happened at the given days and hours in one system (null: in the log): activity, instances, cases, the
-- performer and the hour with most of them and how many these have, and cases as examples
WITH outside AS (
    SELECT e.case_no, a.name AS activity, p.name AS performer, hour(stamp)::INTEGER AS hour
    FROM (
        SELECT case_no, activity_no, performer_no, system_no,
               coalesce(started, ended) + to_minutes(coalesce(started_offset, ended_offset, 0)) AS stamp FROM event
    ) e
    JOIN activity a USING (activity_no) LEFT JOIN performer p USING (performer_no) LEFT JOIN system s USING (system_no)
    WHERE ($system IS NULL OR s.name = $system)
      AND (hour(stamp) IN (SELECT unnest($hours::INTEGER[])) OR isodow(stamp) IN (SELECT unnest($days::INTEGER[])))
)
SELECT activity, count(*), count(DISTINCT case_no), mode(performer ORDER BY performer),
       coalesce(list_max(map_values(histogram(performer))), 0), mode(hour ORDER BY hour), list_max(map_values(histogram(hour))),
       count(DISTINCT performer), list(DISTINCT c.case_id)
FROM outside JOIN case_ c USING (case_no) GROUP BY activity ORDER BY count(*) DESC, activity;
