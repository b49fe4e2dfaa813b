-- returns: rows of the cases named
SELECT source_row FROM staged WHERE list_contains(getvariable('step_cases')::VARCHAR[], case_id)
