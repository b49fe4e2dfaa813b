"""Runtimes: how an agent is asked. One file for each scheme of an agent's address."""
