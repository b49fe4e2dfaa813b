-- returns: the first stamps that cannot be read: row, role, text, and how many rows have such a stamp
WITH bad AS (
    SELECT row_no, 'end' AS role, end_text AS stamp FROM cells
    WHERE case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NOT NULL
      AND utc_moment(end_text, getvariable('end_kind')) IS NULL
    UNION ALL
    SELECT row_no, 'start', start_text FROM cells
    WHERE case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NOT NULL AND start_text IS NOT NULL
      AND utc_moment(start_text, getvariable('start_kind')) IS NULL
)
SELECT row_no, role, stamp, (SELECT count(DISTINCT row_no) FROM bad) FROM bad ORDER BY row_no, role LIMIT $most;
