-- returns: the dictionaries of activities, performers and systems, numbered by falling frequency
CREATE TABLE activity AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, activity) - 1)::INTEGER AS activity_no,
       activity AS name, count(*) AS events, 0::BIGINT AS cases
FROM staged GROUP BY activity ORDER BY activity_no;

CREATE TABLE performer AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, performer) - 1)::INTEGER AS performer_no,
       performer AS name, coalesce(max(performer_kind), 'unknown') AS kind,
       coalesce(bool_or(simulated), false) AS simulated, count(*) AS events
FROM staged WHERE performer IS NOT NULL GROUP BY performer ORDER BY performer_no;

CREATE TABLE system AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, system) - 1)::INTEGER AS system_no,
       system AS name, count(*) AS events
FROM staged WHERE system IS NOT NULL GROUP BY system ORDER BY system_no;
