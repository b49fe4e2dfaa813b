-- returns: one row a case whose times can be believed: when, how long, at what cost, with how many errors, due and met,
--   simulated or not; then the attributes of the case. What is over has ended, however it did; cycle time, due and met are as
--   core defines them, the cost of failed attempts is borne by the tasks that were completed.
WITH per_case AS (
    SELECT case_no, sum(cost) AS cost, count(cost) FILTER (failed IS NOT TRUE) AS costed,
           count(*) FILTER (WHERE failed) AS errors, count(failed) AS judged,
           coalesce(bool_or(performer.simulated), false) AS simulated
    FROM event LEFT JOIN performer USING (performer_no) GROUP BY case_no
), facts AS (
    SELECT *, due_by(due, started, $sla_seconds::DOUBLE) AS due_at FROM case_ WHERE sound
)
SELECT hash(f.case_id) AS case_ids, epoch_us(f.started) / 1e6 AS started, epoch_us(f.ended) / 1e6 AS ended,
       f.state IN ('complete', 'failed', 'cancelled') AS complete, f.complete AS done, f.cycle,
       p.cost, p.costed::DOUBLE AS costed, p.errors::DOUBLE AS errors, p.judged::DOUBLE AS judged,
       epoch_us(f.due_at) / 1e6 AS due,
       met_of(f.state, f.sound, f.ended, f.due_at, $as_of::TIMESTAMP)::INTEGER::DOUBLE AS met,
       p.simulated, a.* EXCLUDE (case_no)
FROM facts f JOIN per_case p USING (case_no) LEFT JOIN case_attribute a USING (case_no)
ORDER BY f.case_no
