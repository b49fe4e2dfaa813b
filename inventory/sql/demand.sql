-- returns: for each activity its instances, how many were done by a performer of known kind and by people, and mean times
--   (of the service time: without what agents and systems did)
SELECT a.name AS activity, count(*) AS count,
       count(*) FILTER (WHERE e.kind <> 'unknown') AS known,
       count(*) FILTER (WHERE e.kind = 'human') AS human,
       avg(e.service) FILTER (WHERE e.kind NOT IN ('agent', 'system')) AS service_seconds,
       avg(e.waiting) FILTER (WHERE e.position > 1) AS waiting_seconds
FROM event e JOIN activity a USING (activity_no)
GROUP BY a.activity_no, a.name ORDER BY a.activity_no
