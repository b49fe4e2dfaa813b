-- returns: temporary table marked_case: all cases; marked: those in which an activity stands more than once
CREATE OR REPLACE TEMP TABLE marked_case AS
WITH again AS (SELECT DISTINCT case_no FROM event WHERE repeated)
SELECT c.case_no, c.variant_no, c.started,
       c.cycle AS seconds,
       a.case_no IS NOT NULL AS marked
FROM case_ c LEFT JOIN again a USING (case_no);
