-- returns: one row of five lists, by falling number of cases: the variants' numbers, digests, lengths and cases, and all
--   their traces one after the other, in activity numbers
-- why: lists cross into Python at once; names of long traces would be copied for each activity instance
WITH told AS (
    SELECT variant_no, trace, length, cases,
           left(md5(array_to_string(list_transform(trace, no -> name_of[no]), chr(31))), 12) AS digest
    FROM variant, (SELECT map(list(activity_no), list(name)) AS name_of FROM activity)
)
SELECT coalesce(list(variant_no ORDER BY cases DESC, variant_no), []) AS numbers,
       coalesce(list(digest ORDER BY cases DESC, variant_no), []) AS digests,
       coalesce(list(length ORDER BY cases DESC, variant_no), []) AS lengths,
       coalesce(list(cases ORDER BY cases DESC, variant_no), []) AS cases,
       coalesce(flatten(list(trace ORDER BY cases DESC, variant_no)), []) AS steps
FROM told;
