-- returns: one row of what decides which results a log can carry
SELECT count(*) AS instances, count(e.started) AS starts, count(e.service) FILTER (e.service = 0) AS zero_services,
       count(e.performer_no) AS performed, count(e.cost) AS costs, count(e.failed) AS outcomes,
       count(e.system_no) AS in_systems, count(e.previous_activity_no) AS pairs,
       (SELECT count(*) FROM case_) AS cases, (SELECT count(due) FROM case_) AS due,
       (SELECT count(*) FROM performer) AS performers,
       (SELECT count(*) FROM case_ WHERE events = 1) AS single_event_cases,
       (SELECT count(*) FROM case_ WHERE complete) AS complete_cases,
       (SELECT count(*) FROM case_ WHERE state = 'open') AS open_cases,
       (SELECT count(*) FROM case_ WHERE state = 'unknown') AS unknown_cases,
       (SELECT count(*) FROM case_ WHERE state IN ('failed', 'cancelled')) AS broken_cases,
       (SELECT count(*) FROM case_ WHERE NOT sound) AS unsound_cases,
       (SELECT count(*) FROM performer WHERE mixed) AS mixed_performers,
       count(*) FILTER (NOT e.sound) AS unsound, count(*) FILTER (e.cost < 0) AS negative_costs,
       (SELECT count(*) FILTER (midnight) FROM stamp) AS bare_dates,
       (SELECT count(*) FILTER (started_at_midnight) FROM stamp) AS bare_start_dates,
       (SELECT count(*) FILTER (tied) FROM step) AS tied,
       (SELECT count(DISTINCT wall::DATE) FROM stamp) AS days
FROM event e;
