-- returns: the quartiles of a number, its smallest and largest value, and about how many different ones there are
SELECT quantile_disc(number, [0.25, 0.5, 0.75]), min(number), max(number), approx_count_distinct(number)
FROM (SELECT {number} AS number FROM ({source})) WHERE isfinite(number);
