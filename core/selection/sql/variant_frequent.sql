-- returns: the cases of the $top most frequent variants, or of the fewest that cover the share $coverage; of two that
-- are as frequent, the one whose first case has the lower number comes first
WITH counted AS (SELECT variant_no, count(*) AS cases, min(case_no) AS first FROM case_ GROUP BY variant_no), ranked AS (
    SELECT variant_no, row_number() OVER w AS rank, sum(cases) OVER w - cases AS before, sum(cases) OVER () AS total
    FROM counted WINDOW w AS (ORDER BY cases DESC, first ROWS UNBOUNDED PRECEDING)
)
SELECT case_no FROM case_ WHERE variant_no IN (
    SELECT variant_no FROM ranked WHERE ($top IS NOT NULL AND rank <= $top) OR before < $coverage * total
)
