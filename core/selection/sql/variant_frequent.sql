-- returns: the cases of the $top most frequent variants, or of the fewest that cover the share $coverage
WITH ranked AS (
    SELECT variant_no, row_number() OVER w AS rank, sum(cases) OVER w - cases AS before, sum(cases) OVER () AS total
    FROM variant WINDOW w AS (ORDER BY cases DESC, variant_no)
)
SELECT case_no FROM case_ WHERE variant_no IN (
    SELECT variant_no FROM ranked WHERE ($top IS NOT NULL AND rank <= $top) OR before < $coverage * total
)
