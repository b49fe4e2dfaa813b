-- returns: for each kind of timestamp, how many of the first different values of `sampled` it reads
SELECT kind, count(wall_clock(stamp, kind))
FROM (SELECT DISTINCT stamp FROM sampled WHERE stamp <> '' LIMIT $most),
     unnest(['iso', 'epoch', 'year_first', 'named_month', 'day_first', 'month_first', 'ticks', 'java']) AS kinds(kind)
GROUP BY kind;
