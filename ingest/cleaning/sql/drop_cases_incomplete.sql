-- returns: rows of cases that are not complete
SELECT source_row FROM staged JOIN staged_case USING (case_id) WHERE coalesce(state, 'complete') <> 'complete'
