-- returns: how many staged ends state an offset that the session's zone does not have at that moment, and one such offset
-- why: `Z` and `+00:00` are how programs write UTC and say nothing of where the work was done
SELECT coalesce(sum(times), 0)::BIGINT, min(ended_offset) FROM (
    SELECT ended_offset, date_trunc('hour', ended) AS hour, count(*) AS times FROM staged
    WHERE ended_offset <> 0 GROUP BY ALL
) WHERE ended_offset * 60 <> date_diff('second', hour, timezone(current_setting('TimeZone'), timezone('UTC', hour)));
