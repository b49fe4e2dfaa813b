"""Whether a KPI has changed: better, worse, no clear change, or why nobody can say. Pure functions over arrays."""
