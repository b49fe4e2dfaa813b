-- returns: for each activity, what its instances in complete cases contribute to time, cost and errors
SELECT a.name AS activity, count(*) AS instances, count(*) FILTER (WHERE NOT e.repeated) AS cases,
       sum(e.waiting) FILTER (WHERE e.position > 1) AS waiting_seconds, sum(e.service) AS service_seconds, count(e.service) AS service_known,
       sum(e.cost) AS cost, count(e.cost) AS cost_known,
       CASE WHEN count(e.failed) > 0 THEN count(*) FILTER (WHERE e.failed) END AS failed,
       count(e.failed) AS failed_known, count(*) FILTER (WHERE p.simulated) AS simulated
FROM event e
JOIN case_ c USING (case_no)
JOIN activity a USING (activity_no)
LEFT JOIN performer p USING (performer_no)
WHERE c.complete
GROUP BY a.activity_no, a.name ORDER BY a.activity_no
