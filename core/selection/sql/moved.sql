-- returns: the rows of the view `staying`, in their order, each with the activity instance that now stands before it
-- why: `staying` gives rows sorted by case and position, and a window without partition or order keeps them streaming
SELECT case_no, position, activity_no,
       CASE WHEN lag(case_no) OVER () = case_no THEN lag(activity_no) OVER () END AS previous_activity_no,
       performer_no, system_no, started, ended, started_offset, ended_offset,
       CASE WHEN lag(case_no) OVER () = case_no
            THEN waiting_of(lag(ended) OVER (), coalesce(started, ended), sound AND lag(sound) OVER ()
                            AND (started IS NOT NULL OR NOT list_contains(getvariable('pause_numbers'), activity_no)))
            END AS waiting,
       service, cost, failed, repeated, source_row, kind, sound, row_no
