-- returns: the offsets that staged ends state, by the hour in UTC: offset in minutes, hour, and how many ends
-- why: `Z` and `+00:00` are how programs write UTC and say nothing of where the work was done
SELECT ended_offset, date_trunc('hour', ended) AS ended_hour, count(*) FROM staged WHERE ended_offset <> 0 GROUP BY ALL
