"""What the texts of a source mean: missing values, amounts, times in two columns, words that say error."""
