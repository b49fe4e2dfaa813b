-- returns: what the events say about each activity, one row each by falling frequency
-- why: shares are null, never 0, where no event of the activity has the fact they need
WITH step AS (
    SELECT activity_no, case_no, position, performer_no, kind, waiting, service, cost, failed, repeated,
           previous_activity_no,
           lag(performer_no) OVER w AS performer_before, lead(performer_no) OVER w AS performer_after
    FROM event WINDOW w AS (PARTITION BY case_no ORDER BY position)
), summed AS (
    SELECT activity_no,
           sum(service) AS service_seconds, quantile_cont(service, [0.25, 0.5, 0.75]) AS service_quartiles,
           sum(waiting) FILTER (previous_activity_no IS NOT NULL) AS waiting_seconds,
           median(waiting) FILTER (previous_activity_no IS NOT NULL) AS waiting_median,
           avg(repeated::INTEGER) AS repeated_share,
           avg((previous_activity_no = activity_no AND performer_no = performer_before)::INTEGER) AS self_loop_share,
           avg((performer_no <> performer_before)::INTEGER) AS handover_before_share,
           avg((performer_no <> performer_after)::INTEGER) AS handover_after_share,
           avg(failed::INTEGER) AS failed_share, sum(cost) AS cost,
           count(DISTINCT performer_no) AS performers, count(performer_no) / count(*) AS performer_known_share,
           avg((kind = 'human')::INTEGER) FILTER (kind <> 'unknown') AS human_share,
           avg((kind = 'agent')::INTEGER) FILTER (kind <> 'unknown') AS agent_share,
           avg((kind = 'system')::INTEGER) FILTER (kind <> 'unknown') AS system_share,
           count(*) FILTER (kind <> 'unknown') / count(*) AS kind_known_share
    FROM step GROUP BY activity_no
)
SELECT a.name AS activity, a.events AS count, a.cases,
       a.cases / (SELECT count(*) FROM case_) AS cases_share,
       service_quartiles[1] AS service_q1, service_quartiles[2] AS service_median, service_quartiles[3] AS service_q3,
       service_seconds / nullif((SELECT sum(service_seconds) FROM summed), 0) AS service_share,
       waiting_median, waiting_seconds / nullif((SELECT sum(waiting_seconds) FROM summed), 0) AS waiting_share,
       cost / a.events AS cost_mean, cost / nullif((SELECT sum(cost) FROM summed), 0) AS cost_share,
       repeated_share, self_loop_share, handover_before_share, handover_after_share, failed_share,
       performers, performer_known_share, human_share, agent_share, system_share, kind_known_share
FROM summed JOIN activity a USING (activity_no) ORDER BY a.events DESC, a.name;
