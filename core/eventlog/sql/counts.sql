-- returns: in how many cases each activity stands
UPDATE activity SET cases = c.cases
FROM (SELECT activity_no, count(*) AS cases FROM event WHERE NOT repeated GROUP BY activity_no) c
WHERE activity.activity_no = c.activity_no;
