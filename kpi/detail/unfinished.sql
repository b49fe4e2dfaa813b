-- returns: the periods in which cases started that are still open, with how many those are, and how many are not due yet
-- why: what is still open can change the value of its period; an SLA only until the case is due
SELECT date_trunc($bucket::VARCHAR, started) AS bucket, count(*) AS open,
       count(*) FILTER (due_by(due, started, $sla_seconds::DOUBLE) >= $as_of::TIMESTAMP) AS not_due
FROM case_ WHERE state = 'open' AND sound GROUP BY 1 ORDER BY 1
