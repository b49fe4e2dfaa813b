-- returns: cases whose last activity hardly ever comes last
-- title: Breaks off
-- why: The last activity is last in less than 1 % of all cases, and in less than 5 % of its own instances: the case may go on after the log was taken.
-- severity: note
-- of: cases
-- doubts: cycle time, variants, throughput
-- advice: Drop them if whole cases are wanted.
-- shows: text
WITH last AS (
    SELECT case_no, max(position) AS position, arg_max(activity_no, position) AS activity_no FROM event GROUP BY case_no
), often AS (SELECT activity_no, count(*) AS n FROM last GROUP BY activity_no)
SELECT NULL AS subject, case_no, position, a.name AS value, case_no AS rank
FROM last JOIN often USING (activity_no) JOIN activity a USING (activity_no)
WHERE n < 0.01 * (SELECT count(*) FROM case_) AND n < 0.05 * a.events
