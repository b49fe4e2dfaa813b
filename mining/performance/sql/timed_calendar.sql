-- returns: a view `timed`: each activity instance whose times can be believed, with when it was ready and begun, its waiting and its service time
-- why: local moments are what a clock at the source showed: by the offset that the source wrote, else by the time zone
--   that the log's meta tells; the end of the instance before is what `waiting` was counted from, so no window is needed to find it again
CREATE OR REPLACE TEMP VIEW timed AS
SELECT case_no, position, activity_no, previous_activity_no, performer_no, system_no, started, ended,
       coalesce(started, ended) AS begun,
       coalesce(started, ended) - to_microseconds(round(waiting * 1e6)::BIGINT) AS ready,
       CASE WHEN coalesce(started_offset, ended_offset) IS NOT NULL
            THEN coalesce(started, ended) + to_minutes(coalesce(started_offset, ended_offset))
            WHEN getvariable('log_zone') = 'UTC' THEN coalesce(started, ended)
            ELSE timezone(getvariable('log_zone'), timezone('UTC', coalesce(started, ended))) END AS local_begun,
       CASE WHEN ended_offset IS NOT NULL THEN ended + to_minutes(ended_offset)
            WHEN getvariable('log_zone') = 'UTC' THEN ended
            ELSE timezone(getvariable('log_zone'), timezone('UTC', ended)) END AS local_ended,
       waiting, service, waiting AS clock_waiting, repeated, cost
FROM event WHERE sound;
