-- returns: activity instances that end in the hour that a clock runs through twice
-- title: In the hour that comes twice
-- why: The stamp has no offset and lies in the hour that clocks run through twice when summer time ends: it may be an hour off.
-- consequence: worth knowing
-- of: activity instances
-- doubts: waiting time, order and paths
-- advice: Nothing can tell the two hours apart but a stamp with its offset.
-- shows: text
SELECT NULL AS subject, case_no, position, local_of(ended, NULL) AS value, ended AS rank FROM event
WHERE getvariable('zone') <> 'UTC' AND ended_offset IS NULL
  AND local_of(ended, NULL) IN (local_of(ended + INTERVAL 1 HOUR, NULL), local_of(ended - INTERVAL 1 HOUR, NULL))
