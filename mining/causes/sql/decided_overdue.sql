-- returns: temporary table decided: marked cases with the moment at which they were due
CREATE OR REPLACE TEMP TABLE decided AS
SELECT m.case_no, c.due AS decided FROM marked_case m JOIN case_ c USING (case_no) WHERE m.marked AND c.due IS NOT NULL;
