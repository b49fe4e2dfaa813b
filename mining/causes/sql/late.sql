-- returns: of each {what} in the marked cases whose moment of decision is known: itself, how many of them have it, and in
--   how many it is first seen after that moment
WITH seen AS (
    SELECT e.case_no, {what} AS thing, min(e.ended) > any_value(d.decided) AS late
    FROM event e JOIN decided d USING (case_no) GROUP BY ALL
)
SELECT thing, count(*) AS cases, count(*) FILTER (late) AS late FROM seen WHERE thing IS NOT NULL GROUP BY thing;
