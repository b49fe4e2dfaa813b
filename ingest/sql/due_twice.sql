-- returns: the cases of the view `cells` with more than one due moment: case, the first, the last, and how many cases
SELECT case_text, min(due_moment(due_text)) AS first, max(due_moment(due_text)) AS last, count(*) OVER ()
FROM cells WHERE case_text IS NOT NULL AND due_text IS NOT NULL
GROUP BY case_text HAVING min(due_text) <> max(due_text) AND first <> last ORDER BY case_text LIMIT 1;
