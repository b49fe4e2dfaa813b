"""The ground floor: actor and audit, settings, errors, operational database, event-log store, selection, trust.

Each name is imported from the part that has it: `from core.errors import BadInput`.
"""
