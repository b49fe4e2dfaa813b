-- returns: how long the gaps of each path are: source, target, step, count; a step is a quarter of a natural logarithm of
-- seconds, and everything up to a minute is one step
WITH counted AS (
    SELECT previous_activity_no AS source_no, activity_no AS target_no,
           floor(4 * ln(greatest(60, waiting)))::INTEGER AS step, count(*) AS count
    FROM event WHERE previous_activity_no IS NOT NULL GROUP BY ALL
)
SELECT s.name, t.name, step, count
FROM counted JOIN activity s ON s.activity_no = source_no JOIN activity t ON t.activity_no = target_no
ORDER BY ALL;
