-- returns: of the due dates in the view `spoken`: how many are filled, how many show no clock, how many none or midnight
SELECT coalesce(sum(times), 0)::BIGINT, coalesce(sum(times) FILTER (WHERE no_clock(cell, $kind)), 0)::BIGINT,
       coalesce(sum(times) FILTER (WHERE at_midnight(cell, $kind)), 0)::BIGINT
FROM (SELECT cell, count(*) AS times FROM spoken WHERE trim(cell) <> '' AND NOT is_missing(cell) GROUP BY cell);
