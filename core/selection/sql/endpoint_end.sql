-- returns: the cases that end with one of the activities in $numbers
SELECT e.case_no FROM event AS e JOIN case_ AS c USING (case_no)
WHERE e.position = c.events AND list_contains($numbers, e.activity_no)
