-- returns: one row of counts: what flattening by the chosen type leaves out, repeats or mixes
-- Convergence: an event stands in several cases. Divergence: an activity comes again in a case because it was done for
-- another object of some other type, which the flat log cannot tell from rework.
WITH other AS (
    SELECT DISTINCT r.event, r.object, o.type
    FROM ocel_relation r JOIN ocel_object o ON o.object = r.object WHERE o.type <> $type
), again AS (
    SELECT t.object, e.type AS activity
    FROM ocel_touching t JOIN ocel_event e ON e.event = t.event
    GROUP BY t.object, e.type HAVING count(*) > 1
), divergent AS (
    SELECT DISTINCT t.object, e.type AS activity
    FROM ocel_touching t JOIN ocel_event e ON e.event = t.event
    JOIN again a ON a.object = t.object AND a.activity = e.type
    JOIN other o ON o.event = e.event
    GROUP BY t.object, e.type, o.type HAVING count(DISTINCT o.object) > 1 AND count(*) < count(DISTINCT e.event) * count(DISTINCT o.object)
), value AS (
    SELECT v.* FROM ocel_object_value v JOIN ocel_object o ON o.object = v.object AND o.type = $type
    WHERE v.name IS NOT NULL
), change AS (
    SELECT object, name, count(value) - 1 AS older, count(*) - count(value) AS unsaid FROM value GROUP BY object, name
)
SELECT (SELECT count(*) FROM ocel_event) - (SELECT count(DISTINCT event) FROM ocel_touching) AS untouched,
       (SELECT count(*) FROM (SELECT event FROM ocel_touching GROUP BY event HAVING count(*) > 1)) AS convergent,
       (SELECT count(*) - count(DISTINCT event) FROM ocel_touching) AS repeated,
       (SELECT count(*) FROM divergent) AS divergent,
       (SELECT count(DISTINCT object) FROM divergent) AS divergent_cases,
       (SELECT count(*) FROM ocel_object WHERE type = $type)
           - (SELECT count(DISTINCT object) FROM ocel_touching) AS eventless,
       (SELECT count(*) FROM ocel_object WHERE type = $type) AS objects,
       (SELECT count(*) FROM other) AS relations,
       (SELECT count(DISTINCT type) FROM other) AS other_types,
       (SELECT count(*) FROM ocel_link) AS links,
       (SELECT count(*) FROM ocel_link l WHERE l.source NOT IN (SELECT object FROM ocel_object)
            OR l.target NOT IN (SELECT object FROM ocel_object)) AS broken_links,
       (SELECT count(*) FROM ocel_relation) - (SELECT count(*) FROM (SELECT DISTINCT event, object, qualifier FROM ocel_relation))
           AS doubled,
       (SELECT coalesce(sum(older), 0)::BIGINT FROM change WHERE older > 0) AS older,
       (SELECT coalesce(sum(unsaid), 0)::BIGINT FROM change) AS unsaid;
