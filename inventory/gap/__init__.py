"""Gaps: mined human work that allocation gives to an agent and no live pilot does, and what it is worth."""
