-- returns: the macros by which the facts of activity instances and cases are computed, on every road to them
-- why: who did it, whether its times can be believed, how long it took: each is defined here and nowhere else. What lies
--   outside `sound_from` and `sound_until` lies far from all the rest of its log.
CREATE OR REPLACE TEMP MACRO kind_of(word) AS
    coalesce(try_cast(word AS ENUM ('human', 'agent', 'system', 'unknown')), 'unknown');
CREATE OR REPLACE TEMP MACRO sound_of(started, ended) AS
    coalesce(started <= ended, true) AND ended BETWEEN getvariable('sound_from') AND getvariable('sound_until')
    AND coalesce(started >= getvariable('sound_from'), true);
CREATE OR REPLACE TEMP MACRO seconds_between(a, b) AS (epoch_us(b) - epoch_us(a)) / 1e6;
-- greatest() would pass over a null and say 0
CREATE OR REPLACE TEMP MACRO waiting_of(before, began, can_tell) AS
    CASE WHEN can_tell AND before IS NOT NULL THEN greatest(0, seconds_between(before, began)) END;
CREATE OR REPLACE TEMP MACRO cycle_of(state, sound, begun, events, started, ended, paused) AS
    CASE WHEN state = 'complete' AND sound AND (events > 1 OR begun)
         THEN seconds_between(started, ended) - coalesce(paused, 0) END;
CREATE OR REPLACE TEMP MACRO met_of(state, sound, ended, due, as_of) AS
    CASE WHEN due IS NULL OR state = 'unknown' OR NOT sound THEN NULL
         WHEN state = 'complete' THEN ended <= due
         WHEN state <> 'open' OR due < as_of THEN false END;
CREATE OR REPLACE TEMP MACRO due_by(due, started, sla_seconds) AS
    coalesce(due, started + to_microseconds((sla_seconds * 1e6)::BIGINT));
