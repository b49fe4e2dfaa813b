-- returns: labels that differ from a more frequent one only by capitals, accents, spaces or joining signs
-- title: One label spelled in several ways
-- why: The name of an activity, performer or system differs from a more frequent one only by capitals, accents, spaces or joining signs.
-- consequence: misleading
-- of: labels
-- doubts: activity counts, variants, order and paths, performers, hand-overs
-- advice: Merge them, if they mean the same.
-- shows: text
-- touches: activity instances
SELECT NULL AS subject, NULL AS case_no, NULL AS position, kind || ' “' || name || '” as “' || kept || '”' AS value,
       -events AS rank, events AS touched
FROM alike WHERE how = 'spelling'
