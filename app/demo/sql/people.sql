-- returns: the people of the log, the busiest first; who is neither known as an agent nor as a system counts as one
SELECT name FROM performer WHERE kind IN ('human', 'unknown') ORDER BY performer_no LIMIT $limit
