-- returns: how often each activity follows each other one (null: nothing), by performer: numbers, count, and how many of
-- these are the first of their activity in their case
-- why: one scan of small integers gives activities, paths, starts, ends and who works
SELECT previous_activity_no, activity_no, performer_no, count(*), count(*) FILTER (NOT repeated)
FROM event GROUP BY ALL
