-- returns: the cases, numbered by their start so that filters on time prune
-- why: a case begins and ends by those of its activity instances whose times can be believed; by all, where none can
CREATE TABLE numbered_case AS
SELECT (row_number() OVER (ORDER BY started, case_id) - 1)::INTEGER AS case_no, *
FROM (
    SELECT case_id,
           coalesce(min(coalesce(started, ended)) FILTER (sound_of(started, ended)), min(coalesce(started, ended))) AS started,
           coalesce(max(ended) FILTER (sound_of(started, ended)), max(ended)) AS ended,
           count(*)::INTEGER AS events, bool_and(sound_of(started, ended)) AS sound, count(started) > 0 AS begun
    FROM staged GROUP BY case_id
);
