-- returns: the correlation of a number of each case with its cycle time
SELECT abs(corr(number, seconds)) FROM (SELECT case_no, {number} AS number FROM ({source})) JOIN marked_case USING (case_no)
WHERE isfinite(number) AND seconds IS NOT NULL;
