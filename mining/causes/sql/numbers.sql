-- returns: the values of an attribute with their cases
SELECT case_no, {column} FROM {table}
