"""Runs: their rows, the one transaction in which one moves, what people do with their work items."""
