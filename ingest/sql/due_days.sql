-- returns: of the due dates in the view `spoken` but for those that are `never`: how many are filled, how many show no clock, how many none or midnight
SELECT coalesce(sum(times), 0)::BIGINT, coalesce(sum(times) FILTER (WHERE no_clock(cell, $kind)), 0)::BIGINT,
       coalesce(sum(times) FILTER (WHERE at_midnight(cell, $kind)), 0)::BIGINT
FROM (SELECT cell, count(*) AS times FROM spoken
      WHERE trim(cell) <> '' AND NOT is_missing(cell) AND NOT list_contains($never::VARCHAR[], cell) GROUP BY cell);
