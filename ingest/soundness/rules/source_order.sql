-- returns: activity instances that stand in the source after one of their case that began and ended later
-- title: Out of order in the source
-- why: In the source it stands after something that began and ended later. It was put in order by its times.
-- consequence: worth knowing
-- of: activity instances
-- doubts: order and paths
-- advice: Nothing, if the times are right. If the source's order is right, the times are not.
-- shows: text
SELECT NULL AS subject, case_no, position, 'row ' || source_row AS value, source_row AS rank
FROM step JOIN event USING (case_no, position) WHERE late
