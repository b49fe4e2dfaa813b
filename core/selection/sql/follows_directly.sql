-- returns: the cases in which $target stands directly after $source, within the range of seconds
SELECT DISTINCT case_no FROM event
WHERE previous_activity_no = $source AND activity_no = $target
  AND ($least IS NULL OR waiting >= $least) AND ($most IS NULL OR waiting <= $most)
