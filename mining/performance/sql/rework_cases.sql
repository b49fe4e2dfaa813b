-- returns: for cases without (false) and with (true) rework: complete cases with a cycle time, its median and mean
WITH marked AS (SELECT case_no, bool_or(repeated) AS reworked FROM timed GROUP BY case_no)
SELECT reworked, count(cycle), median(cycle), avg(cycle)
FROM marked JOIN timed_case USING (case_no) GROUP BY reworked;
