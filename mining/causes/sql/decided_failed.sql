-- returns: temporary table decided: marked cases with the end of their first activity instance that failed
CREATE OR REPLACE TEMP TABLE decided AS
SELECT e.case_no, min(e.ended) AS decided FROM event e JOIN marked_case m USING (case_no)
WHERE m.marked AND e.failed GROUP BY e.case_no;
