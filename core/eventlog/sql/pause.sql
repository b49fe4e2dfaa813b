-- returns: when each case stood still for somebody outside: from the start of such an activity instance, where it has none
-- from the end of the one before, to its end
CREATE TABLE pause AS
WITH placed AS (
    SELECT e.case_no, e.started, e.ended, e.sound, a.pause, lag(e.ended) OVER (PARTITION BY e.case_no ORDER BY e.position) AS before
    FROM event e JOIN activity a USING (activity_no)
    WHERE e.case_no IN (SELECT case_no FROM event JOIN activity USING (activity_no) WHERE activity.pause)
)
SELECT case_no, coalesce(started, before) AS started, ended FROM placed
WHERE pause AND sound AND coalesce(started, before) < ended ORDER BY case_no, started;
