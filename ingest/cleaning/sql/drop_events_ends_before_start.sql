-- returns: rows that end before they start
SELECT source_row FROM staged WHERE ended < started
