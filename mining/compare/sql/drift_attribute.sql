-- returns: part, value of the attribute, cases that begin with it; of all values the most frequent $most
WITH told AS (SELECT part, {column}::VARCHAR AS what FROM {table} JOIN binned USING (case_no) WHERE {first}),
frequent AS (SELECT what FROM told WHERE what IS NOT NULL GROUP BY what ORDER BY count(*) DESC, what LIMIT $most)
SELECT part, what, count(*) AS cases FROM told JOIN frequent USING (what) GROUP BY ALL;
