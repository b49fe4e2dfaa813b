"""Text from elsewhere on a terminal: what would steer it is shown and not obeyed. Pure functions."""

from __future__ import annotations

import re

# Control characters, marks that turn the direction of a line around, other ends of lines, halves of characters.
_STEERING = "\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff"
_ALL = re.compile(f"[{_STEERING}]")
_WITHIN_LINES = re.compile(f"(?![\t\n])[{_STEERING}]")


def visible(text: str) -> str:
    """`text` in its lines, with what else could steer a terminal written as Python writes it, such as `\\x1b`."""
    return _WITHIN_LINES.sub(_written, text)


def visible_line(text: str) -> str:
    """`text` on one line; its line ends and tabs are written too."""
    return _ALL.sub(_written, text)


def visible_json(text: str) -> str:
    """JSON `text`, indented or not, that stays the same value: what could steer a terminal as JSON writes it."""
    return _WITHIN_LINES.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _written(sign: re.Match[str]) -> str:
    return repr(sign[0])[1:-1]
