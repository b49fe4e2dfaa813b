"""Compare: two selections or event logs side by side, and where a process drifted over time."""
