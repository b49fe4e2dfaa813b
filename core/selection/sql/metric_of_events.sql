-- returns: the cases whose sum over their activity instances lies in the range; a case without the fact is in no range
SELECT case_no FROM (
    SELECT case_no, CASE $metric
        WHEN 'waiting' THEN sum(waiting) WHEN 'service' THEN sum(service) WHEN 'cost' THEN sum(cost)
        WHEN 'performers' THEN count(DISTINCT performer_no) WHEN 'activities' THEN count(DISTINCT activity_no)
        ELSE count(*) - count(DISTINCT activity_no) END AS amount
    FROM event GROUP BY case_no
) WHERE ($low IS NULL OR amount >= $low) AND ($high IS NULL OR amount <= $high)
