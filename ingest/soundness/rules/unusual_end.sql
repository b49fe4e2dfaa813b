-- returns: cases whose last activity hardly ever comes last
-- title: Breaks off
-- why: The last activity is last in less than 1 % of all cases, and in less than 5 % of its own instances: the case may go on after the log was taken.
-- consequence: worth knowing
-- of: cases
-- doubts: cycle time, variants, throughput
-- advice: Look at when they started: the youngest may still be going on.
-- shows: text
-- drops: cases
WITH last AS (
    SELECT case_no, max(position) AS position, arg_max(activity_no, position) AS activity_no FROM event GROUP BY case_no
), often AS (SELECT activity_no, count(*) AS n FROM last GROUP BY activity_no)
SELECT NULL AS subject, case_no, position, a.name AS value, case_no AS rank
FROM last JOIN often USING (activity_no) JOIN activity a USING (activity_no)
WHERE n < 0.01 * (SELECT count(*) FROM case_) AND n < 0.05 * a.events
