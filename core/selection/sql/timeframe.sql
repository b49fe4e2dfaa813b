-- returns: the cases that stand to the period from $start to before $end as $mode says
SELECT case_no FROM case_
WHERE CASE $mode
    WHEN 'contained' THEN ($start IS NULL OR started >= $start) AND ($end IS NULL OR ended < $end)
    WHEN 'intersecting' THEN ($start IS NULL OR ended >= $start) AND ($end IS NULL OR started < $end)
    WHEN 'starting' THEN ($start IS NULL OR started >= $start) AND ($end IS NULL OR started < $end)
    ELSE ($start IS NULL OR ended >= $start) AND ($end IS NULL OR ended < $end)
END
