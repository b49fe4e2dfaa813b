-- returns: activity instances that end at midnight, where nearly all do
-- title: Dates without a time of day
-- why: At least nine in ten activity instances end at midnight, or at the one or two whole hours that midnight of another time zone is: the source has days, not moments.
-- consequence: wrong
-- of: activity instances
-- doubts: waiting time, service time, cycle time, order and paths
-- advice: Times below a day mean nothing and are withheld. Ask for the time of day.
-- shows: text
SELECT NULL AS subject, case_no, position, wall::DATE AS value, wall AS rank
FROM stamp WHERE midnight AND (SELECT avg(midnight::INTEGER) FROM stamp) >= 0.9
