-- returns: temporary table marked_case: all cases; marked: those that the log does not call complete
CREATE OR REPLACE TEMP TABLE marked_case AS
SELECT case_no, variant_no, started,
       CASE WHEN complete THEN (epoch_us(ended) - epoch_us(started)) / 1e6 END AS seconds, NOT complete AS marked
FROM case_;
