-- returns: one row: cases, complete cases, activity instances, variants, first start, last end
SELECT (SELECT count(*) FROM case_), (SELECT count(*) FILTER (complete) FROM case_), (SELECT count(*) FROM event),
       (SELECT count(*) FROM variant), (SELECT coalesce(min(started) FILTER (sound), min(started)) FROM case_),
       (SELECT coalesce(max(ended) FILTER (sound), max(ended)) FROM case_);
