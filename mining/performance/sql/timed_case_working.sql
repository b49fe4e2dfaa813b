-- returns: a view `timed_case`: as in calendar time, but with the working time of a business calendar
CREATE OR REPLACE TEMP TABLE worked_case AS
SELECT * REPLACE (CASE WHEN cycle IS NOT NULL THEN working_seconds(started, ended) END AS cycle) FROM timed_case;
CREATE OR REPLACE TEMP VIEW timed_case AS FROM worked_case;
