-- returns: the cases in which none but the performers in $numbers did anything, or did $activity if it is given
SELECT case_no FROM event WHERE $activity IS NULL OR activity_no = $activity
GROUP BY case_no HAVING bool_and(coalesce(list_contains($numbers, performer_no), false))
