"""Seeded generators of sample data, and their output under `data/samples`. No real organisation is described."""
