"""Object-centric event logs (OCEL 2.0): read whole, checked as a whole, flattened by one object type."""
