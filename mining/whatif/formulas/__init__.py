"""The formulas of a what-if: one file each, with its source. Pure functions of numbers."""
