-- returns: the table staged_case: when each case is due and whether it is complete, and what is in case_value
CREATE TEMP TABLE staged_case AS
WITH told AS (
    SELECT case_text AS case_id, max(due_moment(due_text)) AS due,
           bool_and(getvariable('complete_words')[complete_text]) AS complete
    FROM cells GROUP BY case_text
)
SELECT * FROM told JOIN case_value USING (case_id);
DROP TABLE case_value;
