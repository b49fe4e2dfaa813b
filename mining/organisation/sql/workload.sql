-- returns: what each performer did: instances, cases, activities, days with work, service time, first and last moment;
--   how many instances as which kind
-- why: a day is a day of the source's own clock where the log has offsets from UTC; without starts the service is null
SELECT p.name, p.kind, p.simulated, count(*), count(DISTINCT case_no), count(DISTINCT activity_no),
       count(DISTINCT (ended + to_minutes(coalesce(ended_offset, 0)))::DATE), sum(service), count(service),
       coalesce(min(ended) FILTER (e.sound), min(ended)), coalesce(max(ended) FILTER (e.sound), max(ended)),
       histogram(e.kind::VARCHAR)
FROM event e JOIN performer p USING (performer_no)
GROUP BY p.name, p.kind, p.simulated ORDER BY count(*) DESC, p.name;
