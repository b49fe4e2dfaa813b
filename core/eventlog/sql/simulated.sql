-- returns: how many activity instances simulated performers did
SELECT coalesce(sum(events) FILTER (WHERE simulated), 0)::BIGINT AS instances FROM performer
