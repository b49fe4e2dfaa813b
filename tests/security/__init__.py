"""What was done to Tandem from outside, and must not be possible again."""
