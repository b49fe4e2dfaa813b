-- returns: one row a case: numbers, id, start, whether complete, cycle time, events, cost, whether it failed, met its SLA
-- why: what a case does not say is null, never 0; an open case has no cycle time yet
WITH worked AS (
    SELECT case_no, sum(cost) AS cost, count(cost) AS costed, count(*) AS counted, bool_or(failed) AS failed,
           count(failed) AS known
    FROM event GROUP BY case_no
)
SELECT c.case_no, c.variant_no, c.case_id, c.started, c.complete, w.counted AS events,
       c.cycle AS cycle_time,
       CASE WHEN w.costed > 0 THEN w.cost END AS cost,
       CASE WHEN w.known > 0 THEN w.failed END AS failed,
       c.met
FROM case_ c JOIN worked w USING (case_no) ORDER BY c.case_no;
