"""The page of governance."""
