"""Promotion: a workflow map and its allocations become a workflow, through gates and a second person."""
