-- returns: the macros that read an amount as people write it; its patterns stand here and nowhere else
-- An amount has a sign, digits and a currency, before or behind. `comma`: `1.234,56`; `point`: `1,234.56`. Blanks and
-- apostrophes stand between thousands in both, and in `point` lakhs as India writes them. A thousand does not begin with 0: `0,125` has a decimal comma.
CREATE OR REPLACE TEMP MACRO amount_parts(cell) AS regexp_extract(
    trim(translate(cell, chr(160) || chr(8239) || chr(8201) || chr(8722) || chr(8217), '   -''')),
    '^([-+]?)\s*((?:US\$|R\$|[$€£¥₹₽₺₩₪]|zł|Kč|kr\.?|Fr\.|euros?|Euros?|[A-Za-z]{3})?)\s*([-+]?)\s*([0-9.,]*[0-9][0-9., '']*?)\s*(-?)\s*((?:US\$|R\$|[$€£¥₹₽₺₩₪]|zł|Kč|kr\.?|Fr\.|euros?|Euros?|[A-Za-z]{3})?)\s*(-?)$',
    ['first', 'before', 'second', 'digits', 'third', 'behind', 'fourth']);

CREATE OR REPLACE TEMP MACRO reads_comma(digits) AS
    regexp_full_match(digits, '([1-9]\d{0,2}([. '']\d{3})+|\d+)(,\d+)?|,\d+');
CREATE OR REPLACE TEMP MACRO reads_point(digits) AS
    regexp_full_match(digits, '([1-9]\d{0,2}([, '']\d{3})+|[1-9]\d?(,\d{2})+,\d{3}|\d+)(\.\d+)?|\.\d+');

-- The currency as `currencies`, a map from how it is written, knows it; an unknown word is no currency.
CREATE OR REPLACE TEMP MACRO currency_of(parts) AS
    getvariable('currencies')[lower(CASE WHEN parts.before <> '' THEN parts.before ELSE parts.behind END)];
CREATE OR REPLACE TEMP MACRO currency_known(parts) AS
    parts.before = '' AND parts.behind = ''
    OR (parts.before = '' OR parts.behind = '') AND currency_of(parts) IS NOT NULL;

CREATE OR REPLACE TEMP MACRO amount_value(parts, point) AS
    CASE WHEN contains(parts.first || parts.second || parts.third || parts.fourth, '-') THEN -1 ELSE 1 END
    * try_cast(replace(regexp_replace(parts.digits, '[^0-9' || point || ']', '', 'g'), point, '.') AS DOUBLE);

-- An amount as a number; null where it is none in this spelling, `comma` or `point`.
CREATE OR REPLACE TEMP MACRO amount_of(cell, decimal_mark) AS CASE
    WHEN NOT currency_known(amount_parts(cell)) THEN NULL
    WHEN decimal_mark = 'comma' THEN
        CASE WHEN reads_comma(amount_parts(cell).digits) THEN amount_value(amount_parts(cell), ',') END
    WHEN reads_point(amount_parts(cell).digits) THEN amount_value(amount_parts(cell), '.')
    WHEN isfinite(try_cast(cell AS DOUBLE)) THEN try_cast(cell AS DOUBLE)
END;
