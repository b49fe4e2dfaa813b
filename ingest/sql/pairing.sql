-- returns: the table pairing, one row an activity instance: the row that ended it and, where known, the row that started it
-- The sum of +1 for a start and -1 for an end falls to a new low below zero exactly at an end that finds no open start;
-- what is left after such ends is paired first in, first out, by number.
-- Instances tie rows together only if some instance has both a start and an end.
SET VARIABLE by_instance = (
    SELECT count(*) > 0 FROM (
        SELECT 1 FROM transition WHERE instance IS NOT NULL
        GROUP BY case_text, activity_text, instance
        HAVING bool_or(transition = 'start') AND bool_or(transition = 'complete')));

CREATE TEMP TABLE marked AS
WITH step AS (
    SELECT row_no, case_text, activity_text, moment, transition,
           CASE WHEN getvariable('by_instance') THEN instance END AS instance,
           CASE WHEN transition = 'start' THEN 1 ELSE -1 END AS change
    FROM transition
    WHERE transition IN ('start', 'complete') OR list_contains(getvariable('aborts'), transition)
), summed AS (
    SELECT *, sum(change) OVER w AS open FROM step
    WINDOW w AS (PARTITION BY case_text, activity_text, instance ORDER BY moment, row_no
                 ROWS UNBOUNDED PRECEDING)
)
SELECT *, change = -1 AND open < least(0, coalesce(min(open) OVER earlier, 0)) AS alone
FROM summed
WINDOW earlier AS (PARTITION BY case_text, activity_text, instance ORDER BY moment, row_no
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

CREATE TEMP TABLE only_mentioned AS
SELECT activity_text FROM transition GROUP BY activity_text
HAVING bool_and(list_contains(getvariable('no_work'), transition));

CREATE TEMP TABLE pairing AS
WITH numbered AS (
    SELECT *, row_number() OVER (PARTITION BY case_text, activity_text, instance, change ORDER BY moment, row_no) AS n
    FROM marked WHERE NOT alone
)
SELECT e.row_no AS end_row, s.row_no AS start_row, e.transition <> 'complete' AS aborted
FROM numbered e
JOIN numbered s ON s.case_text = e.case_text AND s.activity_text = e.activity_text
               AND s.instance IS NOT DISTINCT FROM e.instance AND s.n = e.n
WHERE e.change = -1 AND s.change = 1
UNION ALL
SELECT row_no, NULL, false FROM marked WHERE alone AND transition = 'complete'
UNION ALL
SELECT row_no, NULL, false FROM transition
WHERE activity_text IN (FROM only_mentioned) OR transition IS NULL
   OR transition NOT IN ('start', 'complete')
      AND NOT list_contains(getvariable('aborts'), transition) AND NOT list_contains(getvariable('no_work'), transition);
