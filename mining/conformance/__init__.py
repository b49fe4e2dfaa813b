"""Conformance: does the work follow the model? Fitness, precision, and deviations in plain words."""
