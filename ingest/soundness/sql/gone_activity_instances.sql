-- returns: one row: the activity instances that go with {hits}, and the cases that are left with none
SELECT sum(n), count(*) FILTER (n >= c.events)
FROM (SELECT case_no, count(*) AS n FROM ({hits}) GROUP BY case_no) JOIN case_ c USING (case_no);
