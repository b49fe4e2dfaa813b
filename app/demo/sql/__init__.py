"""Named queries of the demo over an event log version."""
