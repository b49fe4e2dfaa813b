-- returns: temporary table marked_case: all cases; marked: those that are not complete
CREATE OR REPLACE TEMP TABLE marked_case AS
SELECT case_no, variant_no, started,
       cycle AS seconds, NOT complete AS marked
FROM case_;
