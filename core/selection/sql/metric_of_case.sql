-- returns: the cases whose cycle time in seconds, or number of activity instances, lies in the range
SELECT case_no FROM (
    SELECT case_no, CASE $metric WHEN 'cycle_time' THEN (epoch_us(ended) - epoch_us(started)) / 1e6
                    ELSE events END AS amount FROM case_
) WHERE ($low IS NULL OR amount >= $low) AND ($high IS NULL OR amount <= $high)
