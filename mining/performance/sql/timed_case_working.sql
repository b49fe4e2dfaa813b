-- returns: a view `timed_case`: as in calendar time, but with the working time of a business calendar
CREATE OR REPLACE TEMP TABLE worked_case AS
WITH paused AS (
    SELECT p.case_no, sum(working_seconds(greatest(p.started, c.started), least(p.ended, c.ended))) AS seconds
    FROM pause p JOIN timed_case c USING (case_no)
    WHERE greatest(p.started, c.started) < least(p.ended, c.ended) GROUP BY p.case_no
)
SELECT c.* REPLACE (CASE WHEN cycle IS NOT NULL THEN working_seconds(started, ended) - coalesce(seconds, 0) END AS cycle)
FROM timed_case c LEFT JOIN paused USING (case_no);
CREATE OR REPLACE TEMP VIEW timed_case AS FROM worked_case;
