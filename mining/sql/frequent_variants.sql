-- returns: the `$most` most frequent variants: trace as a list of names, cases
WITH frequent AS (
    SELECT variant_no, trace, cases FROM variant ORDER BY cases DESC, variant_no LIMIT $most
), names AS (SELECT map(list(activity_no), list(name)) AS by_no FROM activity)
SELECT list_transform(trace, no -> by_no[no]), cases FROM frequent, names ORDER BY cases DESC, variant_no;
