-- returns: one row a case: when, how long, at what cost, with how many errors, due and met, simulated or not; then the
--   attributes of the case. Cycle time, completeness, due and met are as the KPIs define them.
WITH per_case AS (
    SELECT case_no, sum(cost) AS cost, count(cost) AS costed, count(*) FILTER (WHERE failed) AS errors,
           count(failed) AS judged, count(*) AS instances, count(event.started) AS starts,
           coalesce(bool_or(performer.simulated), false) AS simulated
    FROM event LEFT JOIN performer USING (performer_no) GROUP BY case_no
), facts AS (
    SELECT *, coalesce(due, started + to_microseconds(($sla_seconds::DOUBLE * 1e6)::BIGINT)) AS due_at FROM case_
)
SELECT hash(f.case_id) AS case_ids, epoch_us(f.started) / 1e6 AS started, epoch_us(f.ended) / 1e6 AS ended, f.complete,
       CASE WHEN f.complete AND (p.instances > 1 OR p.starts > 0)
            THEN (epoch_us(f.ended) - epoch_us(f.started)) / 1e6 END AS cycle,
       p.cost, p.costed::DOUBLE AS costed, p.errors::DOUBLE AS errors, p.judged::DOUBLE AS judged,
       epoch_us(f.due_at) / 1e6 AS due,
       CASE WHEN f.due_at IS NULL THEN NULL
            WHEN f.complete THEN (f.ended <= f.due_at)::INTEGER::DOUBLE
            WHEN f.due_at < $as_of::TIMESTAMP THEN 0.0 END AS met,
       p.simulated, a.* EXCLUDE (case_no)
FROM facts f JOIN per_case p USING (case_no) LEFT JOIN case_attribute a USING (case_no)
ORDER BY f.case_no
