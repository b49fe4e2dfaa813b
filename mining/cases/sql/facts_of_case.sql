-- returns: what the log says of the case $case_id as a whole
SELECT c.case_id, c.started, c.ended, c.events, c.due, c.complete, c.state::VARCHAR AS state, c.cycle, c.sound, t.*
FROM case_ c LEFT JOIN case_attribute t USING (case_no) WHERE c.case_id = $case_id
