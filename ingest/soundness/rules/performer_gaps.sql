-- returns: performers who are away for long, once each, at their longest absence
-- title: Performers away for long
-- why: A performer with work on at least 20 days has a gap of at least 30 days, and more than ten times what nine in ten of their own gaps last.
-- consequence: worth knowing
-- of: performers
-- doubts: performers, throughput
-- advice: A long leave, or one name for two people: ask before comparing performers.
-- shows: text
WITH worked AS (
    SELECT performer_no, ended::DATE AS today, arg_min({'c': case_no, 'p': position}, (ended, case_no, position)) AS first
    FROM event WHERE performer_no IS NOT NULL AND ended >= TIMESTAMP '1971-01-01' AND ended <= getvariable('stored_at')
    GROUP BY performer_no, today
), gap AS (
    SELECT *, today - lag(today) OVER (PARTITION BY performer_no ORDER BY today) AS days FROM worked
), longest AS (
    SELECT performer_no, max(days) AS days, quantile_disc(days, 0.9) AS usual, count(*) AS n, arg_max(first, days) AS first
    FROM gap GROUP BY performer_no
)
SELECT NULL AS subject, first.c AS case_no, first.p AS position, p.name || ': ' || (l.days - 1) || ' days away' AS value,
       -l.days AS rank
FROM longest l JOIN performer p USING (performer_no)
WHERE l.n >= 20 AND l.days >= 30 AND l.days > 10 * l.usual AND p.kind NOT IN ('system', 'agent')
