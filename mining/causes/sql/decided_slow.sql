-- returns: temporary table decided: marked cases with the moment at which they had taken as long as the slowest case
--   that is not marked
CREATE OR REPLACE TEMP TABLE decided AS
SELECT m.case_no, m.started + to_microseconds((1e6 * coalesce($seconds, u.longest))::BIGINT) AS decided
FROM marked_case m, (SELECT max(seconds) AS longest FROM marked_case WHERE NOT marked) u WHERE m.marked;
