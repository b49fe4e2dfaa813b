-- returns: the table alike: labels that look like another, with the more frequent one to keep
-- `how` is `spelling` where only capitals, accents, spaces and joining signs differ, and `typing` where a letter or two
-- do, and `blank` where there are stray blanks. Words must begin with the same letters, or "valid" would equal "invalid", and digits must agree, or "step 1"
-- would equal "step 2". Names of performers are compared by spelling only: people have similar names.
CREATE OR REPLACE TEMP TABLE alike AS
WITH label AS (
    SELECT 'activity' AS kind, name, events FROM activity
    UNION ALL SELECT 'performer', name, events FROM performer
    UNION ALL SELECT 'system', name, events FROM system
), shaped AS (
    SELECT *, trim(regexp_replace(lower(strip_accents(regexp_replace(name, '([\p{Ll}])([\p{Lu}])', '\1 \2', 'g'))),
                                  '[\s_\-./,:;]+', ' ', 'g')) AS shape
    FROM label
), ranked AS (
    SELECT *, first_value(name) OVER (PARTITION BY kind, shape ORDER BY events DESC, name) AS kept,
           regexp_replace(shape, '(\S)\S*', '\1', 'g') AS initials, regexp_replace(shape, '[^0-9]+', '-', 'g') AS digits
    FROM shaped WHERE shape <> ''
), near AS (
    SELECT a.kind, a.name, a.events, first_value(b.name) OVER (PARTITION BY a.name ORDER BY b.events DESC, b.name) AS kept
    FROM ranked a JOIN ranked b ON b.initials = a.initials AND b.digits = a.digits AND a.kind = b.kind
        AND (b.events, b.name) > (a.events, a.name) AND b.name = b.kept AND a.name = a.kept
    WHERE a.kind = 'activity' AND a.shape <> b.shape
      AND damerau_levenshtein(a.shape, b.shape) <= CASE WHEN length(a.shape) >= 12 THEN 2
                                                        WHEN length(a.shape) >= 5 THEN 1 ELSE 0 END
)
SELECT kind, name, kept, events, 'spelling' AS how FROM ranked WHERE name <> kept
UNION ALL
SELECT kind, name, trim(regexp_replace(name, '\s+', ' ', 'g')) AS tidy, events, 'blank' FROM label WHERE name <> tidy
UNION ALL
SELECT DISTINCT kind, name, kept, events, 'typing' FROM near;
