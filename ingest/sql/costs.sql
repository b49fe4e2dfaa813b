-- returns: how many costs could not be understood, where every row is staged
SELECT count(cost_text) - (SELECT count(cost) FROM staged) FROM cells;
