-- returns: each case in numbers: cycle time (null where open or seen at one moment only), waiting, service and cost summed (null where the log does
-- not say), whether it has rework, whether an activity instance failed (null where the log does not say), complete
SELECT c.case_no, CASE WHEN c.complete AND (e.events > 1 OR e.begun) THEN (epoch_us(c.ended) - epoch_us(c.started)) / 1e6 END AS seconds,
       e.waiting, e.service, e.cost, e.rework, e.failed, c.complete
FROM case_ c JOIN (
    SELECT case_no, sum(waiting) AS waiting, sum(service) AS service, sum(cost) AS cost,
           count(*) AS events, count(started) > 0 AS begun, bool_or(repeated) AS rework, bool_or(failed) AS failed
    FROM event GROUP BY case_no
) e USING (case_no) ORDER BY c.case_no;
