-- returns: one row: how many rows have a problem, how many of them an import drops, and how many have a time that cannot
-- be read although the row would be stored: any of these refuses the file
WITH told AS (
    SELECT row_no, bool_or(text = '') AS dropped, bool_or(text <> '' AND role <> 'due') AS unread
    FROM trial_problem GROUP BY row_no
)
SELECT count(*), count(*) FILTER (dropped), count(*) FILTER (unread AND NOT dropped) FROM told
