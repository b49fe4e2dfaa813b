"""The formulas of an allocation: one file each, with its source. Pure functions of numbers."""
