-- returns: labels with blanks before, after, or doubled within
-- title: Stray blanks in labels
-- why: The name of an activity, performer or system has blanks before or after it, or several in a row.
-- severity: note
-- of: labels
-- doubts: activity counts, variants
-- advice: Trim them, so that filters and merged labels meet them.
-- shows: text
SELECT NULL AS subject, NULL AS case_no, NULL AS position, kind || ' “' || name || '”' AS value, -events AS rank
FROM alike WHERE how = 'blank'
