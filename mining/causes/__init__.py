"""Causes: which attributes, activities and paths marked cases have more often, or less often, than the others."""
