-- returns: cases with one activity instance
-- title: One activity instance and no more
-- why: A case of one activity instance has no path, no waiting time and, without starts, no cycle time.
-- consequence: misleading
-- of: cases
-- doubts: cycle time, variants
-- advice: Check whether the column of the case is the right one.
-- shows: text
-- drops: cases
SELECT NULL AS subject, c.case_no, e.position, a.name AS value, c.case_no AS rank
FROM case_ c JOIN event e USING (case_no) JOIN activity a USING (activity_no) WHERE c.events = 1
