"""How far a stored event log can be trusted: one rule a file in `rules`, each saying itself what the user reads."""
