-- returns: activity, kind of performer, activity instances; what the log does not say is `unknown`
-- why: performers are counted before their kinds are looked up, so that the scan stays one of small integers
WITH done AS (SELECT activity_no, performer_no, count(*) AS count FROM event GROUP BY ALL)
SELECT a.name, coalesce(p.kind, 'unknown') AS kind, sum(done.count)::BIGINT AS count
FROM done JOIN activity a USING (activity_no) LEFT JOIN performer p USING (performer_no)
GROUP BY ALL ORDER BY a.name, kind;
