-- returns: the table staged_case, as the stored version `parent` was staged
-- why: how far a case is, is worked out anew where the source did not say it
CREATE TEMP TABLE staged_case AS
SELECT c.case_id, c.due,
       CASE WHEN (SELECT value->>'told' FROM parent.meta WHERE key = 'completeness') = 'log' THEN c.state::VARCHAR END AS state,
       g.since AS going_on, x.* EXCLUDE (case_no) FROM parent.case_ c
LEFT JOIN parent.going_on g USING (case_no)
LEFT JOIN parent.case_attribute x USING (case_no);
