"""Decisions about pilots: a rubric that suggests, a person who decides, and what was known then."""
