-- returns: rows of cases that are not wholly within the period
SELECT source_row FROM staged WHERE case_id IN (
    SELECT case_id FROM staged GROUP BY case_id
    HAVING min(least(started, ended)) < getvariable('step_since')::TIMESTAMP OR max(ended) >= getvariable('step_until')::TIMESTAMP)
