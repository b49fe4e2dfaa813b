"""Runtimes: how an agent is asked. One file for each scheme of an agent's address; agents run outside this process.

What an agent's own code imports from here is in `values`; nothing in it needs a database library.
"""
