-- returns: the cases that have any of the activities in $numbers
SELECT DISTINCT case_no FROM event WHERE list_contains($numbers, activity_no)
