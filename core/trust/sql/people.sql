-- returns: each performer with the activity instances that are not known to be the work of an agent or a system, the busiest
-- first
SELECT p.name, count(*) AS instances
FROM event e JOIN performer p USING (performer_no)
WHERE e.kind IN ('human', 'unknown') GROUP BY p.name ORDER BY instances DESC, p.name;
