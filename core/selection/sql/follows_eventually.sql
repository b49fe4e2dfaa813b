-- returns: the cases in which $target stands somewhere after $source
SELECT case_no FROM (
    SELECT case_no, min(position) FILTER (activity_no = $source) AS first_source,
           max(position) FILTER (activity_no = $target) AS last_target
    FROM event WHERE activity_no = $source OR activity_no = $target GROUP BY case_no
) WHERE first_source < last_target
