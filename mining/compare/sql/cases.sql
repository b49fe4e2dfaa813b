-- returns: each case in numbers: cycle time (null where it has none), waiting, service and cost summed (null where the log does
-- not say), whether it has rework, whether an activity instance failed (null where the log does not say), complete
SELECT c.case_no, c.cycle AS seconds,
       e.waiting, e.service, e.cost, e.rework, e.failed, c.complete
FROM case_ c JOIN (
    SELECT case_no, sum(waiting) AS waiting, sum(service) AS service, sum(cost) AS cost,
           bool_or(repeated) AS rework, bool_or(failed) AS failed
    FROM event GROUP BY case_no
) e USING (case_no) ORDER BY c.case_no;
