-- returns: the share of all moments that stand at midnight sharp; and for each hour of the day its share of them
WITH moment AS (
    SELECT coalesce(started, ended) + to_minutes(coalesce(started_offset, ended_offset, 0)) AS stamp FROM event
)
SELECT hour(stamp), count(*) / sum(count(*)) OVER (), count(*) FILTER (stamp = date_trunc('day', stamp)) / sum(count(*)) OVER ()
FROM moment GROUP BY hour(stamp) ORDER BY 1;
