-- returns: how often each activity follows each other one (null: nothing), by kind of performer: numbers, kind, count, and how many of
-- these are the first of their activity in their case
-- why: one scan of small integers gives activities, paths, starts, ends and who works
SELECT previous_activity_no, activity_no, kind::VARCHAR, count(*), count(*) FILTER (NOT repeated)
FROM event GROUP BY ALL
