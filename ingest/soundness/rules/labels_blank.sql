-- returns: labels with blanks before, after, or doubled within
-- title: Stray blanks in labels
-- why: The name of an activity, performer or system has blanks before or after it, or several in a row.
-- consequence: worth knowing
-- of: labels
-- doubts: activity counts, variants
-- advice: Trim them, so that filters and merged labels meet them.
-- shows: text
-- touches: activity instances
SELECT NULL AS subject, NULL AS case_no, NULL AS position, kind || ' “' || name || '”' AS value, -events AS rank, events AS touched
FROM alike WHERE how = 'blank'
