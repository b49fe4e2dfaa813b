"""The page of performance."""
