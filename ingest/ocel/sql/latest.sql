-- returns: the latest value that each object of the chosen type states for each attribute, in the table ocel_latest
CREATE OR REPLACE TEMP TABLE ocel_latest AS
SELECT v.object, v.name, arg_max(v.value, (coalesce(try_cast(v.time AS TIMESTAMPTZ), '-infinity'::TIMESTAMPTZ), v.rowid)) AS value
FROM ocel_object_value v JOIN ocel_object o ON o.object = v.object AND o.type = $type
WHERE v.value IS NOT NULL
GROUP BY v.object, v.name;
