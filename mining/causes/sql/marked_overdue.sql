-- returns: temporary table marked_case: the cases that have a due moment and are decided; marked: those that missed it
-- why: an open case whose due moment lies after the last event of the log can still meet it
CREATE OR REPLACE TEMP TABLE marked_case AS
SELECT case_no, variant_no, started,
       cycle AS seconds,
       NOT met AS marked
FROM case_ WHERE met IS NOT NULL;
