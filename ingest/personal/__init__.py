"""Personal data: which columns look like data of persons, and pseudonyms made with a key kept outside the log."""
