-- returns: one row: how many cases and activity instances are selected
SELECT count(*), coalesce(sum(events), 0)::BIGINT FROM case_
