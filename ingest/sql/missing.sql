-- returns: the macro that tells whether a text can only mean that a value is missing, and the table of every spelling;
-- the words are in `missing_words`. `Na` is a name, `NA` and `na` are not.
CREATE OR REPLACE TEMP MACRO is_missing(cell) AS
    strlen(cell) <= 16 AND list_contains(getvariable('missing_words'), lower(trim(cell))) AND trim(cell) <> 'Na';

CREATE OR REPLACE TEMP TABLE missing_spelling AS
SELECT DISTINCT before || spelled || behind AS spelling
FROM (SELECT unnest([word, upper(word), upper(word[1]) || word[2:], upper(word[1]) || word[2] || upper(word[3:])])
      AS spelled FROM (SELECT unnest(getvariable('missing_words')) AS word)),
     (VALUES (''), (' ')) AS blanks(before), (VALUES (''), (' ')) AS more(behind)
WHERE spelled <> 'Na';
