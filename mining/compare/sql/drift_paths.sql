-- returns: part, path, cases with it, and how often it was taken
WITH step AS (SELECT variant_no, unnest(list_zip(trace[:-2], trace[2:])) AS pair FROM variant),
path AS (SELECT variant_no, pair[1] AS source_no, pair[2] AS target_no, count(*) AS times FROM step GROUP BY ALL),
counted AS (SELECT part, variant_no, count(*) AS cases FROM binned GROUP BY ALL)
SELECT part, s.name || ' → ' || t.name AS what, sum(counted.cases)::BIGINT AS cases, sum(counted.cases * times)::BIGINT AS times
FROM counted JOIN path USING (variant_no)
JOIN activity s ON s.activity_no = source_no JOIN activity t ON t.activity_no = target_no GROUP BY ALL;
