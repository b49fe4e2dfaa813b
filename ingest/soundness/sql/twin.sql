-- returns: the table twin: activity instances that equal an earlier one of their case in activity and times
-- `coarse`: its times are told to the minute or the day and it has no length, so that it may be another one.
-- `exact`: in performer, system, cost, outcome and every attribute too. {attributes} is put in from the log's columns.
CREATE OR REPLACE TEMP TABLE twin AS
WITH repeated AS (
    SELECT case_no, activity_no, started, ended FROM event GROUP BY ALL HAVING count(*) > 1
), candidate AS (
    SELECT e.* FROM event e
    SEMI JOIN repeated r ON r.case_no = e.case_no AND r.activity_no = e.activity_no AND r.ended = e.ended
        AND r.started IS NOT DISTINCT FROM e.started
), counted AS (
    SELECT case_no, position, coalesce(r.coarse, false) AND coalesce(service, 0) = 0 AS coarse,
           row_number() OVER (PARTITION BY case_no, activity_no, started, ended ORDER BY position) AS of_moment,
           row_number() OVER (PARTITION BY case_no, activity_no, started, ended, performer_no, system_no, cost, failed
                              {attributes} ORDER BY position) AS of_all
    FROM candidate LEFT JOIN event_attribute USING (case_no, position) LEFT JOIN resolution r USING (activity_no)
)
SELECT case_no, position, coarse, of_all > 1 AS exact FROM counted WHERE of_moment > 1;
