"""One context: event log, version, filters and calendar. It stands in the URL and goes along with every link."""
