-- returns: the cases whose variant has one of the digests in $digests
-- why: a digest is the first 12 hexadecimal digits of MD5 over the activities' names, joined by the unit separator
WITH names AS (SELECT map(list(activity_no), list(name)) AS of FROM activity), named AS (
    SELECT variant_no, left(md5(array_to_string(list_transform(trace, no -> names.of[no]), chr(31))), 12) AS digest
    FROM variant, names
)
SELECT case_no FROM case_ WHERE variant_no IN (SELECT variant_no FROM named WHERE list_contains($digests, digest))
