-- returns: rows that start or end before the moment
SELECT source_row FROM staged WHERE ended < getvariable('step_moment')::TIMESTAMP OR started < getvariable('step_moment')::TIMESTAMP
