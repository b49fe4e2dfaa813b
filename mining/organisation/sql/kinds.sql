-- returns: every performer with its kind
SELECT name, kind FROM performer ORDER BY name;
