-- returns: how the different texts of the view `spoken` read as amounts: how many only with a decimal comma, only with a
-- decimal point, both ways though they have a mark, and in neither; an example of each; the currencies; all different texts
WITH cell AS (
    SELECT DISTINCT cell FROM spoken WHERE trim(cell) <> '' AND NOT is_missing(cell)
), taken AS (
    SELECT cell, amount_parts(cell) AS parts FROM cell
), told AS (
    SELECT cell, currency_known(parts) AND reads_comma(parts.digits) AS comma, currency_of(parts) AS currency,
           currency_known(parts) AND reads_point(parts.digits) OR coalesce(isfinite(try_cast(cell AS DOUBLE)), false)
           AS point, regexp_matches(parts.digits, '[.,]') AS marked
    FROM taken
)
SELECT count(*) FILTER (comma AND NOT point), count(*) FILTER (point AND NOT comma AND marked),
       count(*) FILTER (comma AND point AND marked), count(*) FILTER (NOT comma AND NOT point),
       min(cell) FILTER (comma AND NOT point), min(cell) FILTER (point AND NOT comma AND marked),
       min(cell) FILTER (comma AND point AND marked), min(cell) FILTER (NOT comma AND NOT point),
       list_sort(list(DISTINCT currency) FILTER (currency IS NOT NULL)), count(*)
FROM told;
