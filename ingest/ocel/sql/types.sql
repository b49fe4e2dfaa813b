-- returns: each object type with how many objects it has, and how many events touch one of them
SELECT t.name, count(DISTINCT o.object) AS objects, count(DISTINCT r.event) AS events
FROM (SELECT DISTINCT name FROM ocel_type WHERE kind = 'object') t
LEFT JOIN ocel_object o ON o.type = t.name
LEFT JOIN ocel_relation r ON r.object = o.object
GROUP BY t.name ORDER BY events DESC, t.name;
