-- returns: the cases whose cycle time in seconds, or number of activity instances, lies in the range; a case that was seen
-- at one moment only has no cycle time, and is in no range of it
WITH once AS (
    SELECT case_no FROM case_ JOIN event USING (case_no)
    WHERE $metric = 'cycle_time' AND case_.events = 1 AND event.started IS NULL
)
SELECT case_no FROM (
    SELECT c.case_no, CASE WHEN $metric <> 'cycle_time' THEN c.events WHEN once.case_no IS NULL
                      THEN (epoch_us(c.ended) - epoch_us(c.started)) / 1e6 END AS amount
    FROM case_ AS c LEFT JOIN once USING (case_no)
) WHERE ($low IS NULL OR amount >= $low) AND ($high IS NULL OR amount <= $high)
