-- returns: activity instances far away in time from all others
-- title: Years away from the rest
-- why: The end lies more than ten interquartile ranges of all ends away from them: a mistyped year looks like this.
-- consequence: misleading
-- of: activity instances
-- doubts: cycle time, throughput, waiting time
-- advice: Look at the dates, and mend them in the source.
-- shows: text
WITH sound AS (
    SELECT case_no, position, ended FROM event
    WHERE ended >= TIMESTAMP '1971-01-01' AND ended <= getvariable('stored_at')
), spread AS (
    SELECT quantile_cont(epoch(ended), [0.25, 0.75]) AS quartile FROM sound
)
SELECT NULL AS subject, case_no, position, ended AS value, ended AS rank FROM sound, spread
WHERE quartile[2] > quartile[1]
  AND (epoch(ended) < quartile[1] - 10 * (quartile[2] - quartile[1])
       OR epoch(ended) > quartile[2] + 10 * (quartile[2] - quartile[1]))
