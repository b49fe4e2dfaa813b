-- returns: the cases in which an activity instance began last that has no end: since when
-- why: `going_on` of a staged case is the latest start without an end; where something ended after it, the case went on
CREATE TABLE going_on AS
SELECT c.case_no, d.going_on AS since FROM numbered_case c JOIN staged_case d USING (case_id)
WHERE d.going_on >= c.ended AND d.going_on BETWEEN getvariable('sound_from') AND getvariable('sound_until')
ORDER BY c.case_no;
