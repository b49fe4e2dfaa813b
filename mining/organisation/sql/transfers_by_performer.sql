-- returns: who takes work over from one system into another: performer, kind, count, cases, of these the same performer
-- on both sides, and the two systems it is most often
WITH moved AS (
    SELECT e.case_no, e.performer_no, e.kind, (f.name, i.name) AS pair,
           coalesce(b.performer_no = e.performer_no, false) AS same
    FROM event e JOIN event b ON b.case_no = e.case_no AND b.position = e.position - 1
    JOIN system f ON f.system_no = b.system_no JOIN system i ON i.system_no = e.system_no
    WHERE b.system_no <> e.system_no AND e.performer_no IS NOT NULL
)
SELECT p.name, moved.kind::VARCHAR, count(*), count(DISTINCT case_no), count(*) FILTER (same),
       mode(pair ORDER BY pair)[1], mode(pair ORDER BY pair)[2]
FROM moved JOIN performer p USING (performer_no) WHERE moved.kind IN ('human', 'unknown')
GROUP BY p.name, moved.kind ORDER BY count(*) DESC, p.name;
