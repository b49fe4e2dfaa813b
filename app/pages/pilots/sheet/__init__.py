"""The wizard that brings a sheet of pilots in."""
