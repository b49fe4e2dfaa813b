"""What a board is shown: the portfolio of pilots, and minutes of decisions."""
