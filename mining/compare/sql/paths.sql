-- returns: each path: source, target, count, cases, median waiting time in seconds
-- why: the cases of a path are added up over variants, since counting distinct cases over the events takes twice as long
WITH step AS (
    SELECT variant_no, cases, unnest(list_zip(trace[:-2], trace[2:])) AS pair FROM variant
), covered AS (
    SELECT pair[1] AS source_no, pair[2] AS target_no, sum(cases)::BIGINT AS cases
    FROM (SELECT DISTINCT variant_no, cases, pair FROM step) GROUP BY ALL
), timed AS (
    SELECT previous_activity_no AS source_no, activity_no AS target_no, count(*) AS count,
           quantile_cont(waiting, 0.5) AS waiting
    FROM event WHERE previous_activity_no IS NOT NULL GROUP BY ALL
)
SELECT s.name, t.name, timed.count, covered.cases, timed.waiting
FROM timed JOIN covered USING (source_no, target_no)
JOIN activity s ON s.activity_no = source_no JOIN activity t ON t.activity_no = target_no
ORDER BY timed.count DESC, s.name, t.name;
