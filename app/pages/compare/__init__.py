"""The page that compares two sides."""
