"""From runs back to event logs, and what those are compared with."""
