-- returns: which quantile bin of the number stands in which case: how many of the limits lie below it
SELECT DISTINCT case_no, {bin} AS value
FROM (SELECT case_no, {number} AS number FROM ({source})) WHERE number IS NOT NULL
