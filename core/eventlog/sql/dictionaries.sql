-- returns: the dictionaries of activities, performers and systems, numbered by falling frequency
CREATE TABLE activity AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, activity) - 1)::INTEGER AS activity_no,
       activity AS name, count(*) AS events, 0::BIGINT AS cases,
       list_contains(getvariable('pauses'), activity) AS pause
FROM staged GROUP BY activity ORDER BY activity_no;

CREATE TABLE performer AS
-- Whose kind the source tells now so, now so, is of the kind it tells most often; what each activity instance was done by
-- stands there.
WITH told AS (
    SELECT performer, kind_of(performer_kind) AS kind, bool_or(simulated) AS simulated, sum(events) AS events
    FROM (SELECT performer, performer_kind, coalesce(bool_or(simulated), false) AS simulated, count(*) AS events
          FROM staged WHERE performer IS NOT NULL GROUP BY performer, performer_kind)
    GROUP BY performer, kind
)
SELECT (row_number() OVER (ORDER BY sum(events) DESC, performer) - 1)::INTEGER AS performer_no, performer AS name,
       coalesce(arg_max(kind, (events, kind)) FILTER (WHERE kind <> 'unknown'), 'unknown') AS kind,
       bool_or(simulated) AS simulated, sum(events)::BIGINT AS events,
       count(DISTINCT kind) FILTER (WHERE kind <> 'unknown') > 1 AS mixed
FROM told GROUP BY performer ORDER BY performer_no;

CREATE TABLE system AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, system) - 1)::INTEGER AS system_no,
       system AS name, count(*) AS events
FROM staged WHERE system IS NOT NULL GROUP BY system ORDER BY system_no;
