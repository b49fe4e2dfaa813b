-- returns: activity instances of activities that have days only, in a log that otherwise has the time of day
-- title: Some activities have days only
-- why: At least nine in ten instances of this activity (of at least five) end at midnight, while the log otherwise has times of day. Within a day they always come first.
-- consequence: misleading
-- of: activity instances
-- doubts: order and paths, variants, waiting time
-- advice: Order and waiting times around these activities are right to a day only.
-- shows: text
WITH dated AS (
    SELECT activity_no FROM stamp GROUP BY activity_no HAVING count(*) >= 5 AND avg(midnight::INTEGER) >= 0.9
)
SELECT NULL AS subject, s.case_no, s.position, s.wall::DATE AS value, s.wall AS rank
FROM stamp s SEMI JOIN dated d ON d.activity_no = s.activity_no
WHERE s.midnight AND (SELECT avg(midnight::INTEGER) FROM stamp) < 0.9
