-- returns: pairs of the busiest performers with the number of cases that both worked in
WITH busiest AS (
    SELECT performer_no FROM event WHERE performer_no IS NOT NULL
    GROUP BY performer_no ORDER BY count(*) DESC, performer_no LIMIT $most
), worked AS (
    SELECT DISTINCT case_no, performer_no FROM event SEMI JOIN busiest USING (performer_no)
)
SELECT least(p.name, q.name), greatest(p.name, q.name), count(*)
FROM worked w JOIN worked v ON v.case_no = w.case_no AND v.performer_no > w.performer_no
JOIN performer p ON p.performer_no = w.performer_no JOIN performer q ON q.performer_no = v.performer_no
GROUP BY ALL ORDER BY count(*) DESC, 1, 2;
