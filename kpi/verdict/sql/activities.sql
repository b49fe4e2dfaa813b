-- returns: the activities with how many activity instances each has
SELECT a.name, count(*) AS instances FROM event JOIN activity a USING (activity_no) GROUP BY a.name ORDER BY 2 DESC, 1
