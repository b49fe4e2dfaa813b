-- returns: the cases in which $activity (any, if it is null) stands more than once, again as $loop says
SELECT DISTINCT case_no FROM event
WHERE repeated AND ($activity IS NULL OR activity_no = $activity)
  AND ($loop = 'any' OR ($loop = 'self_loop') = coalesce(previous_activity_no = activity_no, false))
