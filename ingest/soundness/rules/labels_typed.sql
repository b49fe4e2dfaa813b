-- returns: activities whose name is a letter or two away from a more frequent one
-- title: Labels a letter or two apart
-- why: The name of an activity is one letter (two, from twelve letters on) away from a more frequent one, with the same first letters and digits: perhaps a slip of the hand.
-- consequence: worth knowing
-- of: activities
-- doubts: activity counts, variants
-- advice: Read them; merge those that mean the same.
-- shows: text
-- touches: activity instances
SELECT NULL AS subject, NULL AS case_no, NULL AS position, '“' || name || '” near “' || kept || '”' AS value, -events AS rank, events AS touched
FROM alike WHERE how = 'typing'
