-- returns: number, digest, trace as a list of names, cases of each variant, by falling number of cases
SELECT variant_no, left(md5(array_to_string(names, chr(31))), 12) AS digest, names, cases
FROM (
    SELECT variant_no, cases, list_transform(trace, no -> name_of[no]) AS names
    FROM variant, (SELECT map(list(activity_no), list(name)) AS name_of FROM activity)
)
ORDER BY cases DESC, variant_no;
