-- returns: one row: cases, events, activities, performers, first start, last end of the activity instances whose times can be
--   believed; of all, where none can
SELECT (SELECT count(*) FROM case_), (SELECT count(*) FROM event), (SELECT count(*) FROM activity),
       (SELECT count(*) FROM performer),
       coalesce(min(coalesce(started, ended)) FILTER (sound), min(coalesce(started, ended))),
       coalesce(max(ended) FILTER (sound), max(ended))
FROM event;
