"""Small inputs that once came out wrong, each with its right value: one module a folder of shared cases."""
