-- returns: what pairing did, one count a line
SELECT 'paired', count(*) FROM pairing WHERE start_row IS NOT NULL
UNION ALL
SELECT 'no_start', count(*) FROM marked WHERE alone AND transition = 'complete'
UNION ALL
SELECT 'never_ended', (SELECT count(*) FROM marked WHERE change = 1)
                      - (SELECT count(*) FROM pairing WHERE start_row IS NOT NULL)
UNION ALL
SELECT 'abort_of_nothing', count(*) FROM marked WHERE alone AND transition <> 'complete'
UNION ALL
SELECT 'unknown_transition', (SELECT count(*) FROM pairing WHERE start_row IS NULL)
                             - (SELECT count(*) FROM marked WHERE alone AND transition = 'complete')
                             - (SELECT count(*) FROM transition WHERE activity_text IN (FROM only_mentioned))
UNION ALL
SELECT 'only_mentioned', count(*) FROM transition WHERE activity_text IN (FROM only_mentioned)
UNION ALL
SELECT * FROM (
    SELECT 'transition:' || transition, count(*) FROM transition
    WHERE list_contains(getvariable('no_work'), transition) AND activity_text NOT IN (FROM only_mentioned)
    GROUP BY transition ORDER BY transition);
