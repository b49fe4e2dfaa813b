-- returns: the table staged, one row an activity instance, from the view instances
CREATE OR REPLACE TEMP TABLE staged AS
WITH moment AS (
    SELECT *, end_moment(end_text) AS ended, start_moment(start_text) AS started
    FROM instances
    WHERE case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NOT NULL
)
SELECT case_text AS case_id, activity_text AS activity, up_to_9999(started) AS started, up_to_9999(ended) AS ended,
       start_offset(start_text, moment.started) AS started_offset, end_offset(end_text, moment.ended) AS ended_offset,
       performer_text AS performer,
       CASE WHEN performer_text IS NOT NULL THEN
            coalesce(kinds_said_of(performer_text), kind_words_of(performer_kind_text),
                     kinds_named_of(performer_text), 'unknown') END AS performer_kind,
       false AS simulated, system_text AS system, cost_of(cost_text) AS cost,
       coalesce(aborted, outcome_words_of(outcome_text)) AS failed,
       row_no AS source_row,
       moment.* EXCLUDE (case_text, activity_text, end_text, start_text, performer_text, performer_kind_text,
                         system_text, cost_text, outcome_text, due_text, complete_text, lifecycle_text,
                         instance_text, aborted, row_no, ended, started)
FROM moment;
