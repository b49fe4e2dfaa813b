-- returns: the cases in which some $target stands somewhere after some $source, within the range of seconds
SELECT DISTINCT s.case_no
FROM (SELECT case_no, position, ended FROM event WHERE activity_no = $source) s
JOIN (SELECT case_no, position, coalesce(started, ended) AS began FROM event WHERE activity_no = $target) t
  ON t.case_no = s.case_no AND t.position > s.position
WHERE ($least IS NULL OR epoch_us(t.began) - epoch_us(s.ended) >= $least * 1e6)
  AND ($most IS NULL OR epoch_us(t.began) - epoch_us(s.ended) <= $most * 1e6)
