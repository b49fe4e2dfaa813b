-- returns: the activity instances of the case $case_id in order, with everything that the log says of them
SELECT e.position, a.name AS activity, e.started, e.ended, e.started_offset, e.ended_offset, e.waiting, e.service,
       p.name AS performer, CASE WHEN e.performer_no IS NOT NULL OR e.kind <> 'unknown' THEN e.kind::VARCHAR END AS performer_kind, coalesce(p.simulated, false) AS simulated, s.name AS system,
       e.cost, e.failed, e.repeated, e.source_row, t.*
FROM event e
JOIN case_ c USING (case_no)
JOIN activity a USING (activity_no)
LEFT JOIN performer p USING (performer_no)
LEFT JOIN system s USING (system_no)
LEFT JOIN event_attribute t ON t.case_no = e.case_no AND t.position = e.position
WHERE c.case_id = $case_id ORDER BY e.position
