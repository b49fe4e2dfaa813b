-- returns: gaps of days in which nothing ended anywhere in the log
-- title: Days on which nothing happened
-- why: At least seven days pass between one day with work and the next, and more than five times what nine in ten such gaps last, over at least 20 days with work.
-- consequence: worth knowing
-- of: days with work
-- doubts: throughput, waiting time
-- advice: A shutdown, or a hole in what was exported: ask which.
-- shows: text
WITH worked AS (
    SELECT ended::DATE AS today, arg_min({'c': case_no, 'p': position}, (ended, case_no, position)) AS first FROM event
    WHERE ended >= TIMESTAMP '1971-01-01' AND ended <= getvariable('stored_at') GROUP BY today
), gap AS (
    SELECT *, lag(today) OVER (ORDER BY today) AS before, today - lag(today) OVER (ORDER BY today) AS days FROM worked
), usual AS (SELECT quantile_disc(days, 0.9) AS days, count(*) AS n FROM gap)
SELECT NULL AS subject, first.c AS case_no, first.p AS position,
       (gap.days - 1) || ' days without work after ' || before AS value, -gap.days AS rank
FROM gap, usual WHERE n >= 20 AND gap.days >= 7 AND gap.days > 5 * usual.days
