-- returns: the rows of the table `valued`, whose `value` stands in the place of the activity, sorted by case and position
-- why: the join with the few names may turn the order of the rows round, so they are put in order before they are paired
WITH named AS (
    SELECT v.* EXCLUDE (value, activity_no), a.activity_no
    FROM valued v JOIN named_activity a ON a.name = v.value ORDER BY case_no, position
), paired AS (
    SELECT *, CASE WHEN lag(case_no) OVER () = case_no THEN lag(activity_no) OVER () END AS before FROM named
)
SELECT case_no, position, activity_no, before AS previous_activity_no, performer_no, system_no, started, ended,
       started_offset, ended_offset, waiting, service, cost, failed,
       row_number() OVER (PARTITION BY case_no, activity_no ORDER BY position) > 1 AS repeated, source_row,
       kind, sound, row_no
FROM paired ORDER BY case_no, position
