-- returns: the first and the last moment of any event
SELECT least(min(started), min(ended)), greatest(max(started), max(ended)) FROM event;
