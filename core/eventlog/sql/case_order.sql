-- returns: the cases, numbered by their start so that filters on time prune
CREATE TABLE numbered_case AS
SELECT (row_number() OVER (ORDER BY min(coalesce(started, ended)), case_id) - 1)::INTEGER AS case_no,
       case_id, min(coalesce(started, ended)) AS started, max(ended) AS ended, count(*)::INTEGER AS events
FROM staged GROUP BY case_id;
