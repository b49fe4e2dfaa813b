-- returns: temporary table marked_case: the cases that have a due moment and are decided; marked: those that missed it
-- why: an open case whose due moment lies after the last event of the log can still meet it
CREATE OR REPLACE TEMP TABLE marked_case AS
WITH seen AS (SELECT max(ended) AS until FROM case_)
SELECT case_no, variant_no, started,
       CASE WHEN complete THEN (epoch_us(ended) - epoch_us(started)) / 1e6 END AS seconds,
       CASE WHEN complete THEN ended > due ELSE true END AS marked
FROM case_, seen WHERE due IS NOT NULL AND (complete OR due < until);
