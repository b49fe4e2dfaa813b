-- returns: each activity: name, count, cases, median waiting time before it in seconds
SELECT a.name, e.count, e.cases, e.waiting
FROM (SELECT activity_no, count(*) AS count, count(*) FILTER (NOT repeated) AS cases,
             quantile_cont(waiting, 0.5) AS waiting
      FROM event GROUP BY activity_no) e JOIN activity a USING (activity_no)
ORDER BY e.count DESC, a.name;
