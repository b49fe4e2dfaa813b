-- returns: the SLA of a case in seconds: the median of what the log promises, else what four of five cases kept
SELECT coalesce(median(epoch(due - started)), quantile_disc(epoch(ended - started), 0.8)) AS seconds
FROM case_ WHERE complete
