"""Risks of pilots: rules as files, what breaks them, and findings that somebody muted for a time."""
