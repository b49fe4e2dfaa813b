"""Pilots that may do the same work: groups, pairs, and the questions that settle them."""
