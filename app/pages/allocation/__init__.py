"""Allocation: who should do each task, and why? Questions, overrides, cases to look at."""
