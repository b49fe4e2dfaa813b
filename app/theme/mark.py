"""Tandem's mark: a person and an agent, side by side on one road."""

from __future__ import annotations

from app.theme.palette import DARK, LIGHT


def mark() -> str:
    """The mark as SVG; its colours stand out from both grounds."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
        f'<circle cx="21" cy="26" r="13" fill="none" stroke="{DARK.human}" stroke-width="7"/>'
        f'<circle cx="43" cy="26" r="13" fill="none" stroke="{LIGHT.agent}" stroke-width="7"/>'
        f'<path d="M6 53h52" stroke="{LIGHT.edge}" stroke-width="6" stroke-linecap="round"/>'
        "</svg>"
    )
