-- returns: consecutive activity instances of a case in different systems, by systems and by who took the work over
WITH moved AS (
    SELECT e.case_no, e.waiting, b.system_no AS from_no, e.system_no AS to_no, e.kind,
           coalesce(b.performer_no = e.performer_no, false) AS same
    FROM event e JOIN event b ON b.case_no = e.case_no AND b.position = e.position - 1
    WHERE b.system_no <> e.system_no
)
SELECT f.name, i.name, count(*), count(DISTINCT case_no),
       count(*) FILTER (kind = 'human'), count(DISTINCT case_no) FILTER (kind = 'human'),
       count(*) FILTER (kind = 'unknown'), count(*) FILTER (kind IN ('agent', 'system')),
       count(*) FILTER (same AND kind = 'human'), count(*) FILTER (same AND kind = 'unknown'),
       median(waiting) FILTER (kind = 'human'), coalesce(sum(waiting) FILTER (kind = 'human'), 0)
FROM moved JOIN system f ON f.system_no = from_no JOIN system i ON i.system_no = to_no
GROUP BY f.name, i.name ORDER BY count(*) FILTER (kind = 'human') DESC, count(*) DESC, f.name, i.name;
