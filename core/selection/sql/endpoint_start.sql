-- returns: the cases that start with one of the activities in $numbers
SELECT case_no FROM event WHERE previous_activity_no IS NULL AND list_contains($numbers, activity_no)
