-- returns: one row of three lists: the variants' lengths, their cases, and all their traces one after the other, in
--   activity numbers; by falling number of cases
-- why: three lists cross into Python at once, where a list for each variant costs several times as much
SELECT coalesce(list(length ORDER BY cases DESC, variant_no), []) AS lengths,
       coalesce(list(cases ORDER BY cases DESC, variant_no), []) AS cases,
       coalesce(flatten(list(trace ORDER BY cases DESC, variant_no)), []) AS steps
FROM variant;
