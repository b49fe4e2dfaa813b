-- returns: in how many cases each activity (source null) and each path stands, counted on the events: where activity
-- instances were dropped, the stored variants do not hold
SELECT NULL AS source, activity_no, count(*) FROM (SELECT DISTINCT case_no, activity_no FROM event) GROUP BY ALL
UNION ALL
SELECT previous_activity_no, activity_no, count(*)
FROM (SELECT DISTINCT case_no, previous_activity_no, activity_no FROM event WHERE previous_activity_no IS NOT NULL)
GROUP BY ALL
