"""Connectors: how an effect is performed in a system of record. One file for each kind of system."""
