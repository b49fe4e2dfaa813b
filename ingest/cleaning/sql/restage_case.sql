-- returns: the table staged_case, as the stored version `parent` was staged
CREATE TEMP TABLE staged_case AS
SELECT c.case_id, c.due, c.complete, x.* EXCLUDE (case_no) FROM parent.case_ c
LEFT JOIN parent.case_attribute x USING (case_no);
