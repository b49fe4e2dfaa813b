-- returns: the macros that read a moment from text; the patterns of each kind of timestamp stand here and nowhere else
-- kinds: `iso` (year-month-day, read by DuckDB's own cast), `epoch` (seconds, milli-, micro- or nanoseconds since 1970,
-- told apart by their digits, and `/Date(...)/`), `ticks` (of .NET: tenths of a microsecond since the year 1),
-- `java` (`Thu Jan 01 08:00:00 CET 2026`), `year_first`, `named_month`, `day_first`, `month_first`
-- A stamp without an offset is read in the session's time zone.

-- The zones that people write by their letters, in minutes from UTC: those that mean one thing in Europe, and those of
-- RFC 2822. Others, such as `IST` and `BST`, mean several zones and are not read.
SET VARIABLE zone_minutes = MAP {
    'Z': 0, 'z': 0, 'UTC': 0, 'GMT': 0, 'WET': 0, 'WEST': 60, 'CET': 60, 'CEST': 120, 'MEZ': 60, 'MESZ': 120, 'EET': 120, 'EEST': 180,
    'EST': -300, 'EDT': -240, 'CST': -360, 'CDT': -300, 'MST': -420, 'MDT': -360, 'PST': -480, 'PDT': -420};

-- The offset that a stamp ends in, such as `+01:00`, `-0330`, `+02`, `Z` or `CET`; null where it has none. A stamp too
-- short for a time has none: the `-03` of `2020-01-03` is a day, the `-2020` of `10:00 01-03-2020` a year.
CREATE OR REPLACE TEMP MACRO offset_text(stamp) AS CASE
    WHEN strlen(stamp) < 14 THEN NULL
    WHEN substr(stamp, -6, 1) IN ('+', '-') AND substr(stamp, -3, 1) = ':' THEN right(stamp, 6)
    WHEN substr(stamp, -5, 1) IN ('+', '-') AND substr(stamp, -4, 2) <= '14' THEN right(stamp, 5)
    WHEN substr(stamp, -3, 1) IN ('+', '-') AND right(stamp, 2) <= '14' AND contains(stamp, ':') THEN right(stamp, 3)
    WHEN right(stamp, 1) >= 'A' THEN nullif(regexp_extract(
        stamp, '(UTC|GMT|WES?T|CES?T|MES?Z|EES?T|[ECMP][SD]T|z|Z)$'), '')
END;

CREATE OR REPLACE TEMP MACRO minutes_of(offset_text) AS CASE
    WHEN offset_text >= 'A' THEN getvariable('zone_minutes')[offset_text]
    ELSE (CASE WHEN left(offset_text, 1) = '-' THEN -1 ELSE 1 END)
         * (60 * try_cast(substr(offset_text, 2, 2) AS INTEGER)
            + coalesce(try_cast(nullif(ltrim(substr(offset_text, 4), ':'), '') AS INTEGER), 0))
END;

-- A stamp without its offset and without spaces around it, with a point before its fraction.
CREATE OR REPLACE TEMP MACRO bare(stamp) AS
    replace(trim(left(stamp, length(stamp) - coalesce(length(offset_text(stamp)), 0))), ',', '.');

CREATE OR REPLACE TEMP MACRO epoch_moment(stamp) AS CASE
    WHEN regexp_full_match(stamp, '\d{9,10}(\.\d+)?') THEN make_timestamp((try_cast(stamp AS DOUBLE) * 1e6)::BIGINT)
    WHEN regexp_full_match(stamp, '\d{12,13}(\.\d+)?') THEN make_timestamp((try_cast(stamp AS DOUBLE) * 1e3)::BIGINT)
    WHEN regexp_full_match(stamp, '\d{15,16}') THEN make_timestamp(try_cast(stamp AS BIGINT))
    WHEN regexp_full_match(stamp, '\d{18,19}') THEN make_timestamp(try_cast(stamp AS BIGINT) // 1000)
    WHEN stamp LIKE '%/Date(%'
        THEN make_timestamp(try_cast(regexp_extract(stamp, '^\\?/Date\((-?\d{1,15})([+-]\d{4})?\)\\?/$', 1) AS BIGINT) * 1000)
END;

-- Ticks of the years 1900 to 2199, which as nanoseconds since 1970 would all lie within 1988 to 1991.
CREATE OR REPLACE TEMP MACRO tick_clock(stamp) AS CASE
    WHEN strlen(stamp) = 18 AND stamp BETWEEN '599266080000000000' AND '693937152000000000'
        THEN make_timestamp(try_cast(stamp AS BIGINT) // 10 - 62135596800000000)
END;

-- The clock of a stamp as Java writes it, with its zone before the year, and the moment where that zone is known.
CREATE OR REPLACE TEMP MACRO java_clock(stamp) AS CASE WHEN stamp LIKE '___ ___ __ __:__:__ % ____'
    THEN try_strptime(regexp_replace(stamp, ' [^ ]+ (\d{4})$', ' \1'), '%a %b %d %H:%M:%S %Y') END;
CREATE OR REPLACE TEMP MACRO java_moment(stamp) AS make_timestamp(epoch_us(java_clock(stamp)) - 60000000::BIGINT
    * minutes_of(regexp_extract(stamp, ' (?:GMT|UTC)?([+-]\d\d:?\d\d|[A-Z]{3,4}) \d{4}$', 1)));

-- `moment`, unless its year has not four digits: DuckDB reads `31/12/20` as a day of the year 31, and what comes after
-- 9999 fits into no other program; a day later it may be, by an offset from UTC. (Stamps that do not begin with a digit,
-- such as `epoch` and `infinity`, do not sort before a colon.) The list of one names it once: what a macro is handed is
-- written out wherever it is named, and what is written out three times in each of three macros is planned 27 times.
CREATE OR REPLACE TEMP MACRO since_1000(moment) AS list_transform([moment], lambda m:
    CASE WHEN m > TIMESTAMP '1000-01-01' AND m < TIMESTAMP '10000-01-02' THEN m END)[1];

-- A moment on the last day of 9999, which is written where no date is known, as the beginning of that day: no time zone
-- and no calendar may take it into the year 10000. Hand it a column, which it names twice.
CREATE OR REPLACE TEMP MACRO up_to_9999(moment) AS
    CASE WHEN moment > TIMESTAMP '9999-12-31' THEN TIMESTAMP '9999-12-31' ELSE moment END;

-- Whether the year has two digits, which `%Y` would take for a year before 100.
CREATE OR REPLACE TEMP MACRO short_year(stamp) AS regexp_matches(stamp, '^\d{1,2}\D(\d{1,2}|[A-Za-z]+)\D\d{2}(\D|$)');

-- The same for a stamp of the kind `iso`.
CREATE OR REPLACE TEMP MACRO iso_clock(stamp) AS CASE WHEN stamp < ':' THEN
    since_1000(coalesce(try_cast(stamp AS TIMESTAMP), try_cast(bare(stamp) AS TIMESTAMP))) END;

-- What the clock showed where the stamp was taken; null where the stamp is not of this kind.
CREATE OR REPLACE TEMP MACRO wall_clock(stamp, kind) AS CASE kind
    WHEN 'iso' THEN iso_clock(stamp)
    WHEN 'epoch' THEN epoch_moment(stamp)
    WHEN 'ticks' THEN tick_clock(stamp)
    WHEN 'java' THEN java_clock(stamp)
    WHEN 'year_first' THEN try_strptime(bare(stamp), [
        '%Y%m%dT%H%M%S', '%Y%m%d%H%M%S', '%Y%m%d %H:%M:%S', '%Y%m%d %H%M%S', '%Y%m%d %H:%M', '%Y%m%dT%H%M', '%Y%m%d',
        '%Y.%m.%d %H:%M:%S', '%Y.%m.%d %H:%M:%S.%g', '%Y.%m.%d %H:%M', '%Y.%m.%d',
        '%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p', '%Y/%m/%d %I:%M:%S %p', '%Y/%m/%d %I:%M %p'])
    WHEN 'named_month' THEN CASE WHEN short_year(stamp)
        THEN try_strptime(translate(bare(stamp), '- ', '//'), ['%d/%b/%y/%H:%M:%S', '%d/%b/%y/%H:%M', '%d/%b/%y'])
        ELSE try_strptime(translate(bare(stamp), '.-', '  '), [
            '%d %b %Y %H:%M:%S', '%d %b %Y %H:%M', '%d %b %Y', '%d %b %Y %I:%M:%S %p', '%d %b %Y %I:%M %p',
            '%d %B %Y %H:%M:%S', '%d %B %Y %H:%M', '%d %B %Y',
            '%b %d  %Y %H:%M:%S', '%b %d  %Y %H:%M', '%b %d  %Y %I:%M:%S %p', '%b %d  %Y %I:%M %p', '%b %d  %Y',
            '%B %d  %Y %H:%M:%S', '%B %d  %Y %H:%M', '%B %d  %Y %I:%M:%S %p', '%B %d  %Y %I:%M %p', '%B %d  %Y',
            '%a  %d %b %Y %H:%M:%S', '%a %b %d %H:%M:%S %Y']) END
    WHEN 'day_first' THEN CASE WHEN short_year(stamp)
        THEN try_strptime(translate(bare(stamp), '-.', '//'), [
            '%d/%m/%y %H:%M:%S', '%d/%m/%y %H:%M', '%d/%m/%y', '%d/%m/%y %H:%M:%S/%g',
            '%d/%m/%y %I:%M:%S %p', '%d/%m/%y %I:%M %p'])
        ELSE try_strptime(translate(bare(stamp), '-.T', '// '), [
            '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d/%m/%Y %H:%M:%S/%g',
            '%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %I:%M %p']) END
    WHEN 'month_first' THEN CASE WHEN short_year(stamp)
        THEN try_strptime(translate(bare(stamp), '-.', '//'), [
            '%m/%d/%y %H:%M:%S', '%m/%d/%y %H:%M', '%m/%d/%y', '%m/%d/%y %H:%M:%S/%g',
            '%m/%d/%y %I:%M:%S %p', '%m/%d/%y %I:%M %p'])
        ELSE try_strptime(translate(bare(stamp), '-.T', '// '), [
            '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m/%d/%Y %H:%M:%S/%g',
            '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p']) END
END;

-- The moment in UTC of a clock that was read from the stamp.
CREATE OR REPLACE TEMP MACRO shifted(stamp, clock) AS list_transform(
    [{'wall': clock, 'offset': offset_text(stamp)}],
    lambda read: CASE
        WHEN read.offset IS NULL THEN make_timestamp(epoch_us(read.wall::TIMESTAMPTZ))
        WHEN abs(minutes_of(read.offset)) <= 14 * 60
            THEN make_timestamp(epoch_us(read.wall) - minutes_of(read.offset)::BIGINT * 60000000) END)[1];

-- Whether a stamp ends in an offset that no place on earth has, which DuckDB's cast would take.
CREATE OR REPLACE TEMP MACRO far_offset(stamp) AS
    substr(stamp, -6, 1) IN ('+', '-') AND substr(stamp, -3, 1) = ':' AND substr(stamp, -5, 2) > '14';

-- A stamp that DuckDB's cast may read: letters of a zone are read here, or DuckDB takes `IST` for India's without a word.
CREATE OR REPLACE TEMP MACRO without_letters(stamp) AS
    CASE WHEN right(stamp, 1) BETWEEN 'A' AND 'Y' OR right(stamp, 1) BETWEEN 'a' AND 'y' AND NOT contains(stamp, '/')
         THEN NULL ELSE stamp END;

-- Whether the text itself shows a year that `since_1000` need not look at again: a macro evaluates what it is handed once
-- for each time it names it, and the cast is what importing a log spends its time on.
CREATE OR REPLACE TEMP MACRO four_digit_year(stamp) AS
    stamp >= '1001' AND stamp < '9998' AND substr(stamp, 5, 1) IN ('-', '/');

-- The moment in UTC of a stamp of the kind `iso`. DuckDB's own cast is the fast way for nearly all of them.
CREATE OR REPLACE TEMP MACRO iso_moment(stamp) AS CASE
    WHEN four_digit_year(stamp) AND NOT far_offset(stamp)
        THEN coalesce(make_timestamp(epoch_us(try_cast(without_letters(stamp) AS TIMESTAMPTZ))),
                      since_1000(shifted(stamp, iso_clock(stamp))))
    WHEN stamp < ':' AND NOT far_offset(stamp)
        THEN since_1000(coalesce(make_timestamp(epoch_us(try_cast(without_letters(stamp) AS TIMESTAMPTZ))),
                                 shifted(stamp, iso_clock(stamp))))
END;

-- The moment in UTC; an epoch is UTC whatever the zone. Who knows the kind `iso` says `iso_moment`: DuckDB takes long to
-- plan what reads every kind.
CREATE OR REPLACE TEMP MACRO utc_moment(stamp, kind) AS CASE kind
    WHEN 'epoch' THEN epoch_moment(stamp)
    WHEN 'java' THEN java_moment(stamp)
    WHEN 'iso' THEN iso_moment(stamp)
    ELSE shifted(stamp, wall_clock(stamp, kind))
END;

-- Whether a stamp has nothing behind its clock but perhaps a letter: no sign after the two of its date. LIKE looks at a
-- stamp in a tenth of the time that taking it apart takes.
CREATE OR REPLACE TEMP MACRO plain_clock(stamp) AS
    stamp LIKE '____-__-__%' AND NOT contains(stamp, '+') AND NOT stamp LIKE '____-__-_%-%';

-- The `utc_moment` of nearly every stamp of the kind `iso`, null for all others, in a fraction of its time. A plain clock
-- needs no calendar in a session in UTC.
CREATE OR REPLACE TEMP MACRO quick_moment(stamp) AS CASE
    WHEN stamp < '1001' OR stamp >= '9998' THEN NULL
    WHEN current_setting('TimeZone') = 'UTC' AND plain_clock(stamp) THEN try_cast(stamp AS TIMESTAMP)
    WHEN stamp LIKE '____-__-__%:__+0_:__' OR stamp LIKE '____-__-__%.%+0_:__' OR stamp LIKE '____-__-__%-0_:__'
        THEN make_timestamp(epoch_us(try_cast(stamp AS TIMESTAMPTZ)))
    WHEN plain_clock(stamp) AND ends_with(stamp, 'Z') THEN try_cast(stamp AS TIMESTAMP)
END;

-- The `utc_moment` of a stamp that is a day and a clock to the second, null for all others; where it is not null the stamp
-- states no offset. A cast that succeeds leaves but one place for one: a `Z` behind a second of one digit.
CREATE OR REPLACE TEMP MACRO usual_moment(stamp) AS CASE
    WHEN stamp < '1001' OR stamp >= '9998' OR NOT stamp LIKE '____-__-_____:__:__' OR ends_with(stamp, 'Z') THEN NULL
    WHEN current_setting('TimeZone') = 'UTC' THEN try_cast(stamp AS TIMESTAMP)
    ELSE make_timestamp(epoch_us(try_cast(stamp AS TIMESTAMPTZ)))
END;

-- Minutes from UTC that the stamp itself states; null where it states none. `moment` is the stamp's own `utc_moment`.
CREATE OR REPLACE TEMP MACRO stated_offset(stamp, kind, moment) AS CASE
    WHEN kind = 'epoch' OR strlen(stamp) < 14 THEN NULL
    WHEN kind = 'java' THEN ((epoch_us(java_clock(stamp)) - epoch_us(moment)) // 60000000)::SMALLINT
    WHEN kind = 'iso' AND right(stamp, 1) <= '9' AND plain_clock(stamp) THEN NULL
    WHEN kind = 'iso' AND moment IS NOT NULL AND ends_with(stamp, '+01:00') THEN 60::SMALLINT
    WHEN kind = 'iso' AND moment IS NOT NULL AND ends_with(stamp, '+02:00') THEN 120::SMALLINT
    WHEN kind = 'iso' AND moment IS NOT NULL AND ends_with(stamp, '+00:00') THEN 0::SMALLINT
    WHEN kind = 'iso' AND substr(stamp, -6, 1) IN ('+', '-') AND substr(stamp, -3, 1) = ':'
        THEN CASE WHEN moment IS NOT NULL THEN (CASE WHEN substr(stamp, -6, 1) = '-' THEN -1 ELSE 1 END
             * (epoch(try_cast(right(stamp, 5) AS TIME)) // 60))::SMALLINT END
    WHEN substr(stamp, -6, 1) IN ('+', '-') AND substr(stamp, -3, 1) = ':' OR offset_text(stamp) IS NOT NULL
        THEN ((epoch_us(wall_clock(stamp, kind)) - epoch_us(moment)) // 60000000)::SMALLINT
    WHEN kind = 'iso' AND right(stamp, 1) BETWEEN 'a' AND 'y'  -- a place, such as `Europe/Madrid`
        THEN ((epoch_us(try_cast(regexp_replace(stamp, ' ?[A-Z][A-Za-z]*/.*$', '') AS TIMESTAMP)) - epoch_us(moment))
              // 60000000)::SMALLINT
END;

-- Whether a stamp is a day without a time of day.
CREATE OR REPLACE TEMP MACRO no_clock(stamp, kind) AS
    kind NOT IN ('epoch', 'ticks') AND NOT contains(stamp, ':') AND NOT regexp_matches(stamp, '^\d{8}[T ]?\d{4}');

-- Whether a stamp is a day, or shows a clock that stands at midnight. The `00:00` of `12:00:00` is none: no digit, colon
-- or mark of decimals stands before the hour.
CREATE OR REPLACE TEMP MACRO at_midnight(stamp, kind) AS no_clock(stamp, kind)
    OR kind NOT IN ('epoch', 'ticks') AND regexp_matches(stamp,
        '[^0-9:.,](00?:00(:00([.,]0+)?)?|12:00(:00([.,]0+)?)? ?[Aa][Mm]) ?([+-]\d\d(:?\d\d)?|[A-Za-z]{1,4}( \d{4})?)?$')
    AND NOT regexp_matches(stamp, ' [Pp][Mm]$');

-- The last moment of the day of a stamp, on the clock of its own offset or of the session's zone.
CREATE OR REPLACE TEMP MACRO end_of_day(stamp, kind) AS CASE
    WHEN offset_text(stamp) IS NOT NULL THEN utc_moment(stamp, kind) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND
    ELSE make_timestamp(epoch_us((wall_clock(stamp, kind)::DATE + INTERVAL 1 DAY)::TIMESTAMPTZ) - 1)
END;

-- A cost as a number; null where the text is none, or not a finite one: one NaN would make every sum NaN. Where amounts
-- have marks, an import makes another macro of this name.
CREATE OR REPLACE TEMP MACRO cost_of(cost_text) AS
    CASE WHEN isfinite(try_cast(cost_text AS DOUBLE)) THEN try_cast(cost_text AS DOUBLE) END;

-- A text as it is; null where it is empty or has nothing but spaces. What begins with a visible ASCII character needs no
-- trimming, which spares nearly every cell a look at all of it.
CREATE OR REPLACE TEMP MACRO filled(cell) AS
    CASE WHEN cell >= '!' AND cell <= '~' THEN cell WHEN trim(cell) <> '' THEN cell END;
