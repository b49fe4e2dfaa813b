-- returns: for each case, by number: case, cycle time, activity instances, total waiting, total service, rework (instances
--   beyond the first of their activity), distinct performers
-- why: counting distinct performers over all events would group them twice; a list a case, made unique, does it in the
--   same pass. Service is null where no instance of the case has a start
WITH summed AS (
    SELECT case_no, count(*)::INTEGER AS events, coalesce(sum(waiting), 0) AS waiting, sum(service) AS service,
           sum(repeated::INTEGER)::INTEGER AS rework,
           coalesce(list_unique(list(performer_no)), 0)::INTEGER AS performers
    FROM timed GROUP BY case_no
)
SELECT c.case_id, t.cycle, s.events, s.waiting, s.service, s.rework, s.performers
FROM summed s JOIN timed_case t USING (case_no) JOIN case_ c USING (case_no) ORDER BY s.case_no;
