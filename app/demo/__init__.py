"""The demo: the whole loop on an event log, with simulated agents and simulated staff, as plain functions."""
