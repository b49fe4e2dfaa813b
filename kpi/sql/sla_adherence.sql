-- title: SLA adherence
-- definition: Share of cases that met their SLA, among those that are due. A case is due at the moment the log gives; where
--   it gives none, at its start plus the SLA that was asked for. A complete case met it by ending no later. An open
--   case past due has missed it, and so has one that failed or was cancelled; an open case not yet due, and one of which
--   nobody can say whether it is over, is left out.
-- unit: share
-- direction: higher is better
-- needs: Due moments in the log, or an SLA for the whole case.
-- interval: 95 % Wilson interval.
-- formula source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
-- version: 2
WITH promised AS (
    SELECT *, due_by(due, started, $sla_seconds::DOUBLE) AS due_at FROM case_
), judged AS (
    SELECT case_no, events, date_trunc($bucket::VARCHAR, started) AS bucket,
           met_of(state, sound, ended, due_at, $as_of::TIMESTAMP) AS met, due IS NULL AS assumed
    FROM promised WHERE met_of(state, sound, ended, due_at, $as_of::TIMESTAMP) IS NOT NULL
), simulated AS (
    SELECT case_no, count(*) AS instances
    FROM event JOIN performer USING (performer_no) WHERE performer.simulated GROUP BY case_no
)
SELECT bucket, count(*) FILTER (WHERE met) / count(*) AS value, count(*) AS n, count(*) FILTER (WHERE met) AS hits,
       count(*) FILTER (WHERE assumed) AS assumed,
       sum(events) AS instances, coalesce(sum(simulated.instances), 0) AS simulated
FROM judged LEFT JOIN simulated USING (case_no) GROUP BY bucket ORDER BY bucket
