-- returns: the length of the period that the events cover, in seconds, without ends that cannot be true
SELECT seconds_between(min(coalesce(started, ended)), max(ended)) AS seconds FROM event WHERE sound;
