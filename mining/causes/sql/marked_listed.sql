-- returns: temporary table marked_case: all cases; marked: those in the table `listed`
CREATE OR REPLACE TEMP TABLE marked_case AS
SELECT c.case_no, c.variant_no, c.started,
       c.cycle AS seconds,
       l.case_no IS NOT NULL AS marked
FROM case_ c LEFT JOIN (SELECT DISTINCT case_no FROM listed) l USING (case_no);
