-- returns: work that went from one performer (or activity) to another and straight back; first the sum of all
-- why: in A B A B A work comes back three times; the time of the sum counts a stretch that two of them share once
WITH back AS (
    SELECT e.case_no, e.position, m.waiting AS shared,
           CASE WHEN $by = 'performer' THEN b.performer_no ELSE b.activity_no END AS one,
           CASE WHEN $by = 'performer' THEN m.performer_no ELSE m.activity_no END AS other,
           b.activity_no AS from_no, m.activity_no AS to_no,
           greatest(0, epoch_us(coalesce(e.started, e.ended)) - epoch_us(b.ended)) / 1e6 AS added
    FROM event e
    JOIN event m ON m.case_no = e.case_no AND m.position = e.position - 1
    JOIN event b ON b.case_no = e.case_no AND b.position = e.position - 2
    WHERE CASE WHEN $by = 'performer' THEN b.performer_no = e.performer_no AND m.performer_no <> b.performer_no
               ELSE b.activity_no = e.activity_no AND m.activity_no <> b.activity_no END
), once AS (
    SELECT *, added - CASE WHEN lag(position) OVER (PARTITION BY case_no ORDER BY position) = position - 1
                           THEN least(added, shared) ELSE 0 END AS alone
    FROM back
), summed AS (
    SELECT one, other, count(*) AS count, count(DISTINCT case_no) AS cases, median(added) AS median_seconds,
           CASE WHEN one IS NULL THEN sum(alone) ELSE sum(added) END AS total_seconds,
           mode((from_no, to_no) ORDER BY from_no, to_no) AS pair  -- of two as frequent always the same one
    FROM once GROUP BY GROUPING SETS ((), (one, other))
)
SELECT coalesce(p.name, x.name) AS one, coalesce(q.name, y.name) AS other, count, s.cases, median_seconds,
       coalesce(total_seconds, 0), f.name, t.name
FROM summed s
LEFT JOIN performer p ON $by = 'performer' AND p.performer_no = one
LEFT JOIN performer q ON $by = 'performer' AND q.performer_no = other
LEFT JOIN activity x ON $by = 'activity' AND x.activity_no = one
LEFT JOIN activity y ON $by = 'activity' AND y.activity_no = other
LEFT JOIN activity f ON s.one IS NOT NULL AND f.activity_no = pair[1]
LEFT JOIN activity t ON s.one IS NOT NULL AND t.activity_no = pair[2]
ORDER BY s.one IS NOT NULL, count DESC, 1, 2;
