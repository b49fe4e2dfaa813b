-- returns: activity instances of each system (null: of the log, where it has no systems) by weekday and hour of the day
SELECT s.name, isodow(stamp)::INTEGER AS day, hour(stamp)::INTEGER AS hour, count(*)
FROM (
    SELECT system_no, coalesce(started, ended) + to_minutes(coalesce(started_offset, ended_offset, 0)) AS stamp FROM event
) LEFT JOIN system s USING (system_no)
GROUP BY ALL ORDER BY ALL;
