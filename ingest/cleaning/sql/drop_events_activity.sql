-- returns: rows of the activities named
SELECT source_row FROM staged WHERE list_contains(getvariable('step_activities')::VARCHAR[], activity)
