-- returns: the rows that cannot be stored as they are: row, role, text
SELECT row_no, role, text FROM (
    SELECT row_no, 'case' AS role, '' AS text FROM cells WHERE case_text IS NULL
    UNION ALL SELECT row_no, 'activity', '' FROM cells WHERE activity_text IS NULL
    UNION ALL SELECT row_no, 'end', coalesce(end_text, '') FROM cells
    WHERE end_text IS NULL OR utc_moment(end_text, getvariable('end_kind')) IS NULL
    UNION ALL SELECT row_no, 'start', start_text FROM cells
    WHERE start_text IS NOT NULL AND utc_moment(start_text, getvariable('start_kind')) IS NULL
    UNION ALL SELECT row_no, 'due', due_text FROM cells
    WHERE due_text IS NOT NULL AND utc_moment(due_text, getvariable('due_kind')) IS NULL
) ORDER BY row_no, role LIMIT $most
