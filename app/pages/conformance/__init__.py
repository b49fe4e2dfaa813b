"""The page of conformance."""
