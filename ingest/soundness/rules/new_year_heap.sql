-- returns: activity instances at midnight of a first of January, where there are far too many
-- title: Heaped on the first of January
-- why: At least three activity instances end at midnight of a first of January, and more than five times as many as a day of the year has. Sources that know only the year write this.
-- consequence: misleading
-- of: activity instances
-- doubts: cycle time, waiting time, order and paths
-- advice: Ask what the source writes where it knows no day.
-- shows: text
WITH heap AS (SELECT * FROM stamp WHERE midnight AND dayofyear(wall) = 1)
SELECT NULL AS subject, case_no, position, wall::DATE AS value, wall AS rank FROM heap
WHERE (SELECT count(*) FROM heap) >= 3
  AND (SELECT count(*) FROM heap) > 5 * (SELECT count(*) FROM stamp WHERE midnight AND dayofyear(wall) <> 1) / 364
