-- returns: one row: events, objects, event types, object types, relations of events to objects, links between objects
SELECT (SELECT count(*) FROM ocel_event), (SELECT count(*) FROM ocel_object),
       (SELECT count(DISTINCT name) FROM ocel_type WHERE kind = 'event'),
       (SELECT count(DISTINCT name) FROM ocel_type WHERE kind = 'object'),
       (SELECT count(*) FROM ocel_relation), (SELECT count(*) FROM ocel_link);
