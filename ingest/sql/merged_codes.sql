-- returns: of the view `spoken` with the columns `cell` and `number`: how many different texts there are, how many of them
-- end as amounts do (`10.00`), how many numbers are not whole or have an exponent and are written in several ways, how many
-- rows have one of these, and two ways in which one is written
WITH word AS (
    SELECT cell, any_value(number) AS number, count(*) AS times FROM spoken WHERE cell <> '' AND number IS NOT NULL
    GROUP BY cell
), alike AS (
    SELECT min(cell) AS one, max(cell) AS other, sum(times) AS times FROM word
    GROUP BY number HAVING count(*) > 1 AND (number <> trunc(number) OR bool_or(contains(lower(cell), 'e')))
)
SELECT (SELECT count(*) FROM word), (SELECT count(*) FROM word WHERE regexp_matches(cell, '[.,]00+$')),
       count(*), coalesce(sum(times), 0)::BIGINT, min(one), arg_min(other, one)
FROM alike;
