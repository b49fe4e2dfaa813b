-- returns: activity instances of summer, where the whole working day lies an hour off that of winter
-- title: The day moves by an hour in summer
-- why: Moved by an hour, the hours of work from mid-April to mid-September agree with those of mid-November to February better by at least a tenth than as they stand: times of one zone were stored as those of another.
-- consequence: misleading
-- of: activity instances
-- doubts: waiting time, cycle time
-- advice: Import again with the time zone of the place (`--timezone`). Hours of the day are wrong by one in summer.
-- shows: text
WITH season AS (
    SELECT case_no, position, wall, hour(wall) * 4 + minute(wall) // 15 AS quarter,
           CASE WHEN month(wall) * 100 + day(wall) BETWEEN 415 AND 915 THEN 'summer'
                WHEN month(wall) * 100 + day(wall) >= 1115 OR month(wall) <= 2 THEN 'winter' END AS season
    FROM stamp WHERE by_hand AND NOT midnight
), day AS (
    SELECT season, quarter, count(*) / sum(count(*)) OVER (PARTITION BY season) AS share
    FROM season WHERE season IS NOT NULL GROUP BY season, quarter
), agreed AS (
    SELECT shift, sum(least(w.share, s.share)) AS overlap
    FROM (SELECT unnest([-4, 0, 4]) AS shift) x, day w JOIN day s ON s.season = 'summer'
    WHERE w.season = 'winter' AND w.quarter = (s.quarter + x.shift + 96) % 96 GROUP BY shift
)
SELECT NULL AS subject, case_no, position, wall AS value, wall AS rank FROM season
WHERE season = 'summer'
  AND (SELECT min(n) FROM (SELECT count(*) FILTER (season = 'summer') AS n FROM season
                           UNION ALL SELECT count(*) FILTER (season = 'winter') FROM season)) >= 500
  AND (SELECT max(overlap) FROM agreed WHERE shift <> 0)
      >= 0.1 + (SELECT coalesce(max(overlap), 0) FROM agreed WHERE shift = 0)
