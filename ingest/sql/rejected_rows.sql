-- returns: the first rejected rows: line, kind, byte position, message, text, and how many lines were rejected in all
SELECT line, any_value(error_type), min(byte_position) - 1, any_value(error_message), any_value(csv_line),
       count(*) OVER ()
FROM reject_errors GROUP BY line ORDER BY line LIMIT $most;
