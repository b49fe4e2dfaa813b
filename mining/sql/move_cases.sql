-- returns: in how many cases each path stands: source and target as numbers, cases
-- why: added up over variants, since counting distinct cases over the events takes many times as long
WITH step AS (
    SELECT variant_no, cases, unnest(list_zip(trace[:-2], trace[2:])) AS pair FROM variant
)
SELECT pair[1], pair[2], sum(cases)::BIGINT
FROM (SELECT DISTINCT variant_no, cases, pair FROM step) GROUP BY ALL
