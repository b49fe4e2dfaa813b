"""The page of the process map."""
