-- returns: the cases in which one of the performers in $numbers did something, or did $activity if it is given
SELECT DISTINCT case_no FROM event
WHERE list_contains($numbers, performer_no) AND ($activity IS NULL OR activity_no = $activity)
