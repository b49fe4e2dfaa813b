-- returns: the names of all activities and systems, each with its kind
SELECT 'activity' AS kind, name FROM activity UNION ALL SELECT 'system', name FROM system
