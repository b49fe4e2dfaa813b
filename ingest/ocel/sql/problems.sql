-- returns: what is inconsistent in the ocel tables: a code, how often, and one example; nothing where all is well
-- why: relations between objects are not looked at here. No flat log keeps them, and published logs have some that point
-- to objects outside of the log; loss.sql counts those.
WITH problem AS (
    SELECT 'event without identifier' AS code, 1 AS position, count(*) AS times, any_value(type) AS example
    FROM ocel_event WHERE coalesce(event, '') = ''
    UNION ALL
    SELECT 'object without identifier', 1, count(*), any_value(type) FROM ocel_object WHERE coalesce(object, '') = ''
    UNION ALL
    SELECT 'event twice', 2, count(*), min(event)
    FROM (SELECT event FROM ocel_event WHERE event <> '' GROUP BY event HAVING count(*) > 1)
    UNION ALL
    SELECT 'object twice', 2, count(*), min(object)
    FROM (SELECT object FROM ocel_object WHERE object <> '' GROUP BY object HAVING count(*) > 1)
    UNION ALL
    SELECT 'event of unknown type', 3, count(*), min(event || '` of `' || coalesce(type, ''))
    FROM ocel_event ANTI JOIN (SELECT name FROM ocel_type WHERE kind = 'event') t ON t.name = ocel_event.type
    UNION ALL
    SELECT 'object of unknown type', 3, count(*), min(object || '` of `' || coalesce(type, ''))
    FROM ocel_object ANTI JOIN (SELECT name FROM ocel_type WHERE kind = 'object') t ON t.name = ocel_object.type
    UNION ALL
    SELECT 'event without time', 4, count(*), min(event) FROM ocel_event WHERE coalesce(time, '') = ''
    UNION ALL
    SELECT 'event time unreadable', 4, count(*), min(event || '` at `' || time)
    FROM ocel_event WHERE time <> '' AND try_cast(time AS TIMESTAMPTZ) IS NULL
    UNION ALL
    SELECT 'relation of unknown event', 5, count(*), min(r.event)
    FROM ocel_relation r ANTI JOIN ocel_event e ON e.event = r.event
    UNION ALL
    SELECT 'relation to unknown object', 5, count(*), min(r.object)
    FROM ocel_relation r ANTI JOIN ocel_object o ON o.object = r.object
    UNION ALL
    SELECT 'value of unknown object', 7, count(DISTINCT v.object), min(v.object)
    FROM ocel_object_value v ANTI JOIN ocel_object o ON o.object = v.object
    UNION ALL
    SELECT 'value time unreadable', 7, count(*), min(object || '` at `' || time)
    FROM ocel_object_value WHERE time <> '' AND try_cast(time AS TIMESTAMPTZ) IS NULL
)
SELECT code, times, example FROM problem WHERE times > 0 ORDER BY position, code;
