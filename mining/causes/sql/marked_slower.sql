-- returns: temporary table marked_case: the cases that have a cycle time; marked: those with a cycle time above $seconds
CREATE OR REPLACE TEMP TABLE marked_case AS
SELECT case_no, variant_no, started, cycle AS seconds, cycle > $seconds AS marked
FROM case_ WHERE cycle IS NOT NULL;
