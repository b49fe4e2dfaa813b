"""AI agents that nobody registered: found in files, code, traces and logs, matched to pilots or proposed."""
