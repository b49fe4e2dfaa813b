-- returns: the selected activity instances with all that the log says of them, in the order of cases
SELECT c.case_id AS case_id, e.position, a.name AS activity, e.started, e.ended, e.started_offset, e.ended_offset,
       p.name AS performer, CASE WHEN e.performer_no IS NOT NULL OR e.kind <> 'unknown' THEN e.kind::VARCHAR END AS performer_kind, coalesce(p.simulated, false) AS simulated, s.name AS system,
       e.cost, e.failed, e.waiting AS waiting_seconds, e.service AS service_seconds, e.repeated,
       t.* EXCLUDE (case_no, position), k.* EXCLUDE (case_no)
FROM event e
JOIN case_ c USING (case_no)
JOIN activity a USING (activity_no)
LEFT JOIN performer p USING (performer_no)
LEFT JOIN system s USING (system_no)
LEFT JOIN event_attribute t ON t.case_no = e.case_no AND t.position = e.position
LEFT JOIN case_attribute k ON k.case_no = e.case_no
ORDER BY e.case_no, e.position
