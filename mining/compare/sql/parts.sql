-- returns: each part: its first start, its cases
SELECT min(started), count(*) FROM binned GROUP BY part ORDER BY part;
