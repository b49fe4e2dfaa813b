"""The page that imports a log."""
