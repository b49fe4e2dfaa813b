-- returns: cases whose first activity hardly ever comes first
-- title: Begins in the middle
-- why: The first activity is first in less than 1 % of all cases, and in less than 5 % of its own instances: the case may have begun before the log was taken.
-- consequence: worth knowing
-- of: cases
-- doubts: cycle time, variants
-- advice: Look at when they started: those at the log's beginning may have begun before it.
-- shows: text
-- drops: cases
WITH first AS (
    SELECT case_no, min(position) AS position, arg_min(activity_no, position) AS activity_no FROM event GROUP BY case_no
), often AS (SELECT activity_no, count(*) AS n FROM first GROUP BY activity_no)
SELECT NULL AS subject, case_no, position, a.name AS value, case_no AS rank
FROM first JOIN often USING (activity_no) JOIN activity a USING (activity_no)
WHERE n < 0.01 * (SELECT count(*) FROM case_) AND n < 0.05 * a.events
