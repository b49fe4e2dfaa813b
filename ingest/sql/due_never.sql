-- returns: the due dates in the view `spoken` that lie in the year 9999, each with the number of its rows
SELECT cell, count(*) FROM spoken
WHERE contains(cell, '9999') AND NOT is_missing(cell) AND wall_clock(cell, $kind) >= TIMESTAMP '9999-01-01'
GROUP BY cell ORDER BY cell;
