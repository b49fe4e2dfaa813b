-- returns: temporary table decided: marked cases with the end of the first activity instance of one of `$activities`
CREATE OR REPLACE TEMP TABLE decided AS
SELECT e.case_no, min(e.ended) AS decided
FROM event e JOIN activity a USING (activity_no) JOIN marked_case m USING (case_no)
WHERE m.marked AND list_contains($activities::VARCHAR[], a.name) GROUP BY e.case_no;
