-- returns: cases that have `$activity`, the first of them
SELECT case_id FROM case_ SEMI JOIN (
    SELECT case_no FROM event JOIN activity a USING (activity_no) WHERE a.name = $activity
) USING (case_no) ORDER BY started, case_id LIMIT $most;
