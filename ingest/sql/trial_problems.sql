-- returns: the rows that cannot be stored as they are: row, role, text
FROM trial_problem ORDER BY row_no, role LIMIT $most
