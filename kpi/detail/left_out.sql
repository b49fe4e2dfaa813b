-- returns: a row for each KPI: its key, all cases, and those that it leaves out: open, of unknown state, failed, cancelled, with
--   times that cannot be true, without a due moment, seen at one moment only; each case is counted once
WITH promised AS (
    SELECT *, due_by(due, started, $sla_seconds::DOUBLE) AS due_at FROM case_
), judged AS (
    SELECT state, sound, complete AND sound AS timed, cycle IS NOT NULL AS lasted, due_at IS NOT NULL AS promised,
           state IN ('complete', 'failed', 'cancelled') AS over,
           met_of(state, sound, ended, due_at, $as_of::TIMESTAMP) IS NOT NULL AS due
    FROM promised
), alike AS (
    SELECT *, count(*) AS cases FROM judged GROUP BY ALL
), told AS (
    SELECT key, cases,
           CASE key WHEN 'cycle_time' THEN CASE WHEN NOT sound THEN 'impossible' WHEN NOT timed THEN state::VARCHAR
                                                WHEN NOT lasted THEN 'momentary' END
                    WHEN 'throughput' THEN CASE WHEN NOT sound THEN 'impossible' WHEN NOT timed THEN state::VARCHAR END
                    WHEN 'sla_adherence' THEN CASE WHEN due THEN NULL WHEN NOT sound THEN 'impossible'
                                                   WHEN NOT promised THEN 'undue' ELSE state::VARCHAR END
                    ELSE CASE WHEN NOT over THEN state::VARCHAR END END AS why
    FROM alike, (SELECT unnest(['cycle_time', 'throughput', 'cost_per_task', 'error_rate', 'sla_adherence']) AS key)
)
SELECT key, coalesce(sum(cases), 0), coalesce(sum(cases) FILTER (why = 'open'), 0),
       coalesce(sum(cases) FILTER (why = 'unknown'), 0), coalesce(sum(cases) FILTER (why = 'failed'), 0),
       coalesce(sum(cases) FILTER (why = 'cancelled'), 0), coalesce(sum(cases) FILTER (why = 'impossible'), 0),
       coalesce(sum(cases) FILTER (why = 'undue'), 0), coalesce(sum(cases) FILTER (why = 'momentary'), 0)
FROM told GROUP BY key;
