-- returns: weekday (0 is Monday), hour, instances that begin then, mean and total of the waits that end then
SELECT isodow(local_begun) - 1 AS weekday, hour(local_begun) AS hour, count(*), avg(waiting), coalesce(sum(waiting), 0)
FROM timed GROUP BY ALL ORDER BY weekday, hour;
