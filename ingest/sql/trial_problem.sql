-- returns: in the table trial_problem, the rows that lack what an event must have: row, role, and no text
CREATE TABLE trial_problem AS
SELECT row_no, 'case' AS role, '' AS text FROM cells WHERE case_text IS NULL
UNION ALL SELECT row_no, 'activity', '' FROM cells WHERE activity_text IS NULL
UNION ALL SELECT row_no, 'end', '' FROM cells WHERE end_text IS NULL
