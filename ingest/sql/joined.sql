-- returns: the macro that joins a date and a time of day from two columns into one stamp; null where there is no date
-- A date may carry an empty clock and a time an empty date, as spreadsheets write them; `83000` is half past eight.
CREATE OR REPLACE TEMP MACRO clock_text(cell) AS CASE
    WHEN filled(cell) IS NULL OR is_missing(cell) THEN ''
    WHEN regexp_full_match(trim(cell), '\d{5,6}')
        THEN regexp_replace(lpad(trim(cell), 6, '0'), '(..)(..)(..)', ' \1:\2:\3')
    WHEN regexp_full_match(trim(cell), '\d{3,4}') THEN regexp_replace(lpad(trim(cell), 4, '0'), '(..)(..)', ' \1:\2')
    ELSE ' ' || regexp_replace(trim(cell), '^(1899-12-3\d|1900-01-0\d|1970-01-01)[T ]', '')
END;
CREATE OR REPLACE TEMP MACRO joined_stamp(day, clock) AS CASE
    WHEN filled(day) IS NOT NULL AND NOT is_missing(day)
        THEN regexp_replace(trim(day), '[T ]00:00(:00([.,]0+)?)?$', '') || clock_text(clock)
END;
