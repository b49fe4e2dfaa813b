-- returns: variants by falling number of cases, from $offset on: digest, cases, cases covered so far, length, trace as
-- names, median and 95th percentile of cycle time in seconds (null where no case
-- of it has one); and in every row how many variants and cases there are
-- why: a digest is the first 12 hexadecimal digits of MD5 over the names joined by the unit separator, so that a link to
-- a variant holds in every version of a log
WITH ranked AS (
    SELECT variant_no, trace, length, cases, sum(cases) OVER (ORDER BY cases DESC, variant_no ROWS UNBOUNDED PRECEDING) AS reached,
           sum(cases) OVER () AS all_cases, count(*) OVER () AS all_variants
    FROM variant
), page AS (
    FROM ranked ORDER BY cases DESC, variant_no LIMIT $limit OFFSET $offset
), timed AS (
    SELECT variant_no, quantile_cont(cycle, [0.5, 0.95]) AS seconds FROM case_ WHERE variant_no IN (SELECT variant_no FROM page) GROUP BY variant_no
), names AS (SELECT map(list(activity_no), list(name)) AS of FROM activity), named AS (
    SELECT page.*, list_transform(trace, no -> names.of[no]) AS activities FROM page, names
)
SELECT left(md5(array_to_string(activities, chr(31))), 12), cases, reached, length, activities, seconds[1], seconds[2],
       all_variants, all_cases
FROM named JOIN timed USING (variant_no) ORDER BY cases DESC, variant_no
