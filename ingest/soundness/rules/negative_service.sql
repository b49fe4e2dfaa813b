-- returns: activity instances that end before they start
-- title: Ends before it starts
-- why: The end of an activity instance lies before its start. One of the two is wrong, and every time made from it is.
-- consequence: wrong
-- of: activity instances with a start
-- doubts: service time, waiting time, cycle time, order and paths
-- advice: Look at how the two times are recorded.
-- shows: seconds
-- drops: activity instances
SELECT NULL AS subject, case_no, position, seconds_between(started, ended) AS value, seconds_between(started, ended) AS rank
FROM event WHERE started > ended
