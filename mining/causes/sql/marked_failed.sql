-- returns: temporary table marked_case: the cases whose log says for some activity instance whether it failed; marked:
-- those with one that did
CREATE OR REPLACE TEMP TABLE marked_case AS
WITH told AS (SELECT case_no, bool_or(failed) AS marked FROM event WHERE failed IS NOT NULL GROUP BY case_no)
SELECT c.case_no, c.variant_no, c.started,
       c.cycle AS seconds, t.marked
FROM case_ c JOIN told t USING (case_no);
