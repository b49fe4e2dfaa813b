-- returns: activity instances with the very times of the one before, of another activity
-- title: Order known only from the source
-- why: It has the same times as the activity instance before it in its case: which came first is only known from the order of rows in the source.
-- consequence: misleading
-- of: neighbouring activity instances
-- doubts: order and paths, variants, waiting time, hand-overs
-- advice: Ask for times with more precision. Paths between these activities may be turned round.
-- shows: text
SELECT NULL AS subject, s.case_no, s.position, 'after ' || a.name AS value, s.case_no AS rank
FROM step s JOIN event e USING (case_no, position) JOIN activity a ON a.activity_no = e.previous_activity_no WHERE tied
