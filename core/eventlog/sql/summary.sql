-- returns: one row: cases, events, activities, performers, first start, last end of the cases whose times can be believed
SELECT (SELECT count(*) FROM case_), (SELECT count(*) FROM event), (SELECT count(*) FROM activity),
       (SELECT count(*) FROM performer),
       (SELECT coalesce(min(started) FILTER (sound), min(started)) FROM case_),
       (SELECT coalesce(max(ended) FILTER (sound), max(ended)) FROM case_);
