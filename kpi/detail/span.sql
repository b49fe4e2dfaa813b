-- returns: one row: the days from the first start to the last, and how many cases are over; no days where no case is sound
SELECT epoch(max(started) - min(started)) / 86400 AS days, count(*) FILTER (state IN ('complete', 'failed', 'cancelled')) AS cases
FROM case_ WHERE sound
