-- returns: which event touches which object of the chosen type, once each, in the table ocel_touching
CREATE OR REPLACE TEMP TABLE ocel_touching AS
SELECT r.event, r.object, string_agg(DISTINCT nullif(r.qualifier, ''), ', ' ORDER BY nullif(r.qualifier, '')) AS qualifier
FROM ocel_relation r JOIN ocel_object o ON o.object = r.object AND o.type = $type
GROUP BY r.event, r.object;
