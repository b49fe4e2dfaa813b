-- returns: one row: cases, events, activities, performers, first start, last end
SELECT (SELECT count(*) FROM case_), (SELECT count(*) FROM event), (SELECT count(*) FROM activity),
       (SELECT count(*) FROM performer), (SELECT min(started) FROM case_), (SELECT max(ended) FROM case_);
