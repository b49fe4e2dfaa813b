-- returns: the variants by falling number of cases: trace as a list of names, cases
SELECT list_transform(trace, no -> names[no + 1]), cases
FROM variant, (SELECT list(name ORDER BY activity_no) AS names FROM activity)
ORDER BY variant_no;
