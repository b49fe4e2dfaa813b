-- returns: the table staged, as the stored version `parent` was staged
CREATE TEMP TABLE staged AS
SELECT c.case_id, a.name AS activity, e.started, e.ended, e.started_offset, e.ended_offset, p.name AS performer,
       e.kind::VARCHAR AS performer_kind, coalesce(p.simulated, false) AS simulated, y.name AS system, e.cost, e.failed,
       e.source_row, x.* EXCLUDE (case_no, position)
FROM parent.event e
JOIN parent.case_ c USING (case_no)
JOIN parent.activity a USING (activity_no)
LEFT JOIN parent.performer p USING (performer_no)
LEFT JOIN parent.system y USING (system_no)
LEFT JOIN parent.event_attribute x ON x.case_no = e.case_no AND x.position = e.position;
