"""Cleaning: steps that make a new version of an event log from a stored one, recorded and reversible."""
