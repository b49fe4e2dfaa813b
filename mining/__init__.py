"""Mining: from an event log version to a workflow map, and from the map to who should do each task."""
