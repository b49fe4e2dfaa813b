-- returns: consecutive activity instances of a case in different hands, by who gave and who took; first their sum
-- why: two instances stand next to each other by position, so a join of the sorted table with itself does, in a fifth of
-- the time of a window; where a performer is not known on either side, nobody can say whether work changed hands
WITH step AS (
    SELECT e.case_no, e.waiting, g.name AS giver, t.name AS taker, b.kind::VARCHAR AS giver_kind, e.kind::VARCHAR AS taker_kind,
           f.name AS giving, i.name AS taking
    FROM event e JOIN event b ON b.case_no = e.case_no AND b.position = e.position - 1
    LEFT JOIN performer g ON g.performer_no = b.performer_no
    LEFT JOIN performer t ON t.performer_no = e.performer_no
    LEFT JOIN system f ON f.system_no = b.system_no
    LEFT JOIN system i ON i.system_no = e.system_no
    WHERE CASE WHEN $by = 'system' THEN b.system_no <> e.system_no ELSE b.performer_no <> e.performer_no END
), named AS (
    SELECT case_no, waiting,
           CASE $by WHEN 'performer' THEN giver WHEN 'kind' THEN giver_kind ELSE giving END AS source,
           CASE $by WHEN 'performer' THEN taker WHEN 'kind' THEN taker_kind ELSE taking END AS target
    FROM step
)
SELECT source, target, count(*) AS count, count(DISTINCT case_no) AS cases,
       median(waiting) AS median_seconds, coalesce(sum(waiting), 0) AS total_seconds
FROM named GROUP BY GROUPING SETS ((), (source, target))
ORDER BY source IS NOT NULL, count DESC, source, target;
