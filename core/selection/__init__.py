"""What every view, command and export works on: ordered filters on an event log, opened as temporary tables."""
