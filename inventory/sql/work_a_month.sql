-- returns: for each activity the cases that have it and the seconds that people's service took where it is known, and
--   of the whole log the first and last moment
SELECT a.name AS activity, count(DISTINCT e.case_no) AS cases,
       sum(e.service) FILTER (WHERE e.kind NOT IN ('agent', 'system')) AS seconds,
       (SELECT min(ended) FROM event) AS first, (SELECT max(ended) FROM event) AS last
FROM event e JOIN activity a USING (activity_no)
GROUP BY a.activity_no, a.name ORDER BY a.activity_no
