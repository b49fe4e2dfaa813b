-- returns: the macros that tell whether a text can only mean that a value is missing; the words are in `missing_words`
-- Capitals and blanks around a word mean nothing, except that `Na` is a name, while `NA` and `na` are not.

-- What is compared with the words; null for a text that is too long for one, or begins with a digit as none does.
CREATE OR REPLACE TEMP MACRO missing_key(cell) AS CASE
    WHEN strlen(cell) <= 24 AND NOT (cell >= '0' AND cell < ':') AND trim(cell) <> 'Na' THEN lower(trim(cell))
END;
CREATE OR REPLACE TEMP MACRO is_missing(cell) AS
    list_contains(getvariable('missing_words'), missing_key(cell)) IS TRUE;

CREATE OR REPLACE TEMP TABLE missing_word AS SELECT unnest(getvariable('missing_words')) AS word;
