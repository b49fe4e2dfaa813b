-- returns: for each month in which activity instances of the named activities ended: the cases that had them, how many
--   people's instances there were, of how many the service time is known, and what they took in seconds
SELECT date_trunc('month', e.ended)::DATE AS month, count(DISTINCT e.case_no) AS cases,
       count(*) FILTER (WHERE e.kind NOT IN ('agent', 'system')) AS instances,
       count(e.service) FILTER (WHERE e.kind NOT IN ('agent', 'system')) AS known,
       coalesce(sum(e.service) FILTER (WHERE e.kind NOT IN ('agent', 'system')), 0) AS seconds
FROM event e JOIN activity a USING (activity_no)
WHERE list_contains($names, a.name) AND e.ended >= $since AND e.ended < $until
GROUP BY 1 ORDER BY 1
