-- returns: the cases whose cycle time in seconds, or number of activity instances, lies in the range; a case that has no
-- cycle time is in no range of it
SELECT case_no FROM (
    SELECT case_no, CASE WHEN $metric = 'cycle_time' THEN cycle ELSE events END AS amount FROM case_
) WHERE ($low IS NULL OR amount >= $low) AND ($high IS NULL OR amount <= $high)
