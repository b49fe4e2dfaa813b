-- returns: for each performer of whom an event log does not say that it is an agent or a system: what tells software from a
--   person, with the numbers that the shares are of
-- why: only times that can be believed count. `instant`: of the activity instances that follow one of another performer in
--   their case, those that end within a second of it. `burst`: those that end within a second of another of the same performer
--   in another case. `zero`: of the known service times, those of no more than a second. Times of day are those of the source.
--   A log whose times are whole minutes or days says nothing of seconds: `exact` is the share of times that have seconds.
WITH followed AS (
    SELECT e.case_no, e.activity_no, e.performer_no, e.started, e.ended, e.service, e.kind, e.sound,
           e.ended + to_minutes(coalesce(e.ended_offset, 0)) AS local_ended,
           lag(e.performer_no) OVER c AS before_by, lag(e.ended) OVER c AS before_ended
    FROM event e
    WINDOW c AS (PARTITION BY e.case_no ORDER BY e.position)
), own AS (
    SELECT *, lag(ended) OVER p AS last_ended, lag(case_no) OVER p AS last_case,
           lead(ended) OVER p AS next_ended, lead(case_no) OVER p AS next_case
    FROM followed WHERE sound AND performer_no IS NOT NULL AND kind NOT IN ('agent', 'system')
    WINDOW p AS (PARTITION BY performer_no ORDER BY ended, case_no)
), marked AS (
    SELECT performer_no, case_no, activity_no, local_ended, service,
           before_by IS NOT NULL AND before_by <> performer_no AS follows,
           epoch(ended - before_ended) <= 1 AS at_once,
           (last_case <> case_no AND epoch(ended - last_ended) <= 1)
           OR (next_case <> case_no AND epoch(next_ended - ended) <= 1) AS beside,
           epoch(ended) % 60 <> 0 AS exact
    FROM own
), hours AS (
    SELECT performer_no, list(of_hour ORDER BY hour) AS hours FROM (
        SELECT m.performer_no, h.hour, count(*) FILTER (hour(m.local_ended) = h.hour) AS of_hour
        FROM marked m CROSS JOIN (SELECT unnest(range(24)) AS hour) h GROUP BY m.performer_no, h.hour
    ) GROUP BY performer_no
)
SELECT p.name, p.kind, count(*) AS events, count(DISTINCT m.case_no) AS cases, count(DISTINCT m.activity_no) AS activities,
       count(DISTINCT m.local_ended::DATE) AS days,
       count(*) FILTER (m.follows) AS follows, count(*) FILTER (m.follows AND m.at_once) AS instant,
       count(*) FILTER (m.beside) AS burst,
       count(m.service) AS timed, count(*) FILTER (m.service <= 1) AS zero,
       avg(m.service) AS service, stddev_samp(m.service) AS service_spread,
       count(*) FILTER (isodow(m.local_ended) >= 6) AS weekend, count(*) FILTER (m.exact) AS exact,
       any_value(h.hours) AS hours, min(m.local_ended) AS first, max(m.local_ended) AS last,
       (SELECT list(a.name ORDER BY t.n DESC, a.name)[:5] FROM (
            SELECT i.activity_no, count(*) AS n FROM marked i WHERE i.performer_no = m.performer_no GROUP BY ALL
        ) t JOIN activity a USING (activity_no)) AS does
FROM marked m JOIN performer p USING (performer_no) JOIN hours h USING (performer_no)
WHERE NOT p.simulated
GROUP BY p.name, p.kind, m.performer_no ORDER BY events DESC, p.name
