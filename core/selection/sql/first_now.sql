-- returns: the rows of the view `event` that were repeated and are now the first of their activity in their case
SELECT r.case_no, r.position
FROM (SELECT case_no, activity_no, min(position) AS position FROM event WHERE repeated GROUP BY ALL) AS r
ANTI JOIN (SELECT case_no, activity_no FROM event WHERE NOT repeated) AS f
  ON f.case_no = r.case_no AND f.activity_no = r.activity_no
