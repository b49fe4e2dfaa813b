-- returns: activity instances whose offset from UTC is more than an hour away from the commonest
-- title: Several time zones
-- why: The stamp's offset from UTC is more than an hour away from the commonest one: more than summer time explains.
-- consequence: worth knowing
-- of: activity instances
-- doubts: waiting time, order and paths
-- advice: Right, if the work goes on in several countries. Weekdays and hours are those of the place.
-- shows: text
SELECT NULL AS subject, case_no, position, printf('offset %+d min', ended_offset) AS value, ended AS rank FROM event
WHERE abs(ended_offset - (SELECT mode(ended_offset) FROM event)) > 60
