-- returns: steps from one activity instance to the next, those with both performers known, with both systems known;
-- cases; whether the log has any start; activity instances
SELECT count(b.case_no), count(*) FILTER (b.performer_no IS NOT NULL AND e.performer_no IS NOT NULL),
       count(*) FILTER (b.system_no IS NOT NULL AND e.system_no IS NOT NULL),
       (SELECT count(*) FROM case_), count(e.started) > 0, count(*)
FROM event e LEFT JOIN event b ON b.case_no = e.case_no AND b.position = e.position - 1;
