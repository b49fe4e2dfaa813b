-- returns: as `handovers`, by the value of one event attribute, whose quoted name takes the place of "@attribute": its changes
-- from one activity instance to the next; and last, in the sum, the steps on whose both sides it has a value
WITH step AS (
    SELECT e.case_no, e.waiting, g."@attribute"::VARCHAR AS source, t."@attribute"::VARCHAR AS target
    FROM event e
    JOIN event_attribute t ON t.case_no = e.case_no AND t.position = e.position
    JOIN event_attribute g ON g.case_no = e.case_no AND g.position = e.position - 1
    WHERE g."@attribute" IS NOT NULL AND t."@attribute" IS NOT NULL
), named AS (
    SELECT * FROM step WHERE source <> target
)
SELECT source, target, count(*) AS count, count(DISTINCT case_no) AS cases,
       median(waiting) AS median_seconds, coalesce(sum(waiting), 0) AS total_seconds, (SELECT count(*) FROM step)
FROM named GROUP BY GROUPING SETS ((), (source, target))
ORDER BY source IS NOT NULL, count DESC, source, target;
