-- returns: of the named activities: the cases that have one, the instances, those that agents did, and the last end
SELECT count(DISTINCT e.case_no) AS cases, count(*) AS instances,
       count(*) FILTER (WHERE e.kind = 'agent') AS by_agents, max(e.ended) AS last
FROM event e JOIN activity a USING (activity_no)
WHERE list_contains($names, a.name)
