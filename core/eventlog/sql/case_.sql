-- returns: the cases
CREATE TABLE case_ AS
SELECT c.case_no, c.case_id, v.variant_no, c.started, c.ended, c.events, d.due, coalesce(d.complete, true) AS complete
FROM numbered_case c
JOIN signature g USING (case_no)
JOIN numbered_variant v ON v.trace_hash = g.trace_hash AND v.length = g.length
LEFT JOIN staged_case d ON d.case_id = c.case_id
ORDER BY c.case_no;
DROP TABLE signature;
DROP TABLE numbered_variant;
