-- returns: the table begun_only: of each case with starts that found no end, the latest of these, and how many they are
CREATE OR REPLACE TEMP TABLE begun_only AS
SELECT case_text AS case_id, max(moment) AS since, count(*) AS times FROM marked
WHERE change = 1 AND row_no NOT IN (SELECT start_row FROM pairing WHERE start_row IS NOT NULL)
GROUP BY case_text;
