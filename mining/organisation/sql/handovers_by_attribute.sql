-- returns: as `handovers`, by the value of one event attribute, whose quoted name takes the place of "@attribute"
-- why: only hand-overs between two performers count; one that stays within a department stands on the diagonal
WITH step AS (
    SELECT e.case_no, e.position, e.waiting
    FROM event e JOIN event b ON b.case_no = e.case_no AND b.position = e.position - 1
    WHERE b.performer_no <> e.performer_no
), named AS (
    SELECT s.case_no, s.waiting, g."@attribute"::VARCHAR AS source, t."@attribute"::VARCHAR AS target
    FROM step s
    JOIN event_attribute t ON t.case_no = s.case_no AND t.position = s.position
    JOIN event_attribute g ON g.case_no = s.case_no AND g.position = s.position - 1
    WHERE g."@attribute" IS NOT NULL AND t."@attribute" IS NOT NULL
)
SELECT source, target, count(*) AS count, count(DISTINCT case_no) AS cases,
       median(waiting) AS median_seconds, coalesce(sum(waiting), 0) AS total_seconds
FROM named GROUP BY GROUPING SETS ((), (source, target))
ORDER BY source IS NOT NULL, count DESC, source, target;
