-- returns: the cases that have every one of the activities in $numbers
SELECT case_no FROM (SELECT DISTINCT case_no, activity_no FROM event WHERE list_contains($numbers, activity_no))
GROUP BY case_no HAVING count(*) = len($numbers)
