-- returns: activity instances whose end states no offset, where others do
-- title: Offset stated only now and then
-- why: The end states no offset from UTC, while others do. It was read in the time zone given at import, which may be wrong by hours.
-- consequence: misleading
-- of: activity instances
-- doubts: waiting time, service time, order and paths
-- advice: Find out which zone these stamps are in and import again with `--timezone`.
-- shows: text
SELECT NULL AS subject, case_no, position, ended AS value, ended AS rank FROM event
WHERE ended_offset IS NULL AND (SELECT count(ended_offset) FROM event) > 0
