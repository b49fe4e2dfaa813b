-- returns: activity instances at hours of the day at which next to nothing is done
-- title: At hours when nobody works
-- why: It ends in an hour of the day (of the place, midnight sharp left out) that holds less than 0.2 % of all work not known to be done by systems or agents, of at least 1,000 activity instances.
-- consequence: worth knowing
-- of: activity instances
-- doubts: waiting time, performers
-- advice: Night shifts and batch runs look like this, and so does a wrong time zone.
-- shows: text
WITH awake AS (SELECT * FROM stamp WHERE by_hand AND NOT midnight), hourly AS (
    SELECT hour(wall) AS clock, count(*) AS n FROM awake GROUP BY clock
)
SELECT NULL AS subject, case_no, position, strftime(wall, '%H:%M') AS value, wall AS rank
FROM awake JOIN hourly ON clock = hour(wall)
WHERE n < 0.002 * (SELECT count(*) FROM awake) AND (SELECT count(*) FROM awake) >= 1000
