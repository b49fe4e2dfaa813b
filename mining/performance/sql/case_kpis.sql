-- returns: for each case, by number: case, cycle time, activity instances, total waiting, total service, rework (instances
--   beyond the first of their activity), distinct performers
-- why: count(DISTINCT) would group all events a second time; the macro counts performers in the same pass. Service is null where no instance of the case has a start
WITH summed AS (
    SELECT case_no, count(*)::INTEGER AS events, coalesce(sum(waiting), 0) AS waiting, sum(service) AS service,
           sum(repeated::INTEGER)::INTEGER AS rework,
           coalesce(distinct_performers(performer_no), 0)::INTEGER AS performers
    FROM timed GROUP BY case_no
)
SELECT c.case_id, t.cycle, s.events, s.waiting, s.service, s.rework, s.performers
FROM summed s JOIN timed_case t USING (case_no) JOIN case_ c USING (case_no) ORDER BY s.case_no;
