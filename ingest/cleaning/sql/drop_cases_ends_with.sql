-- returns: rows of cases whose last activity is one of those named
SELECT source_row FROM staged WHERE case_id IN (
    SELECT case_id FROM staged GROUP BY case_id
    HAVING list_contains(getvariable('step_activities')::VARCHAR[], arg_max(activity, (coalesce(started, ended), ended, source_row))))
