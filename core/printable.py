"""Text from outside on one line of a terminal or a file, with what could steer the reader's screen made visible."""

from __future__ import annotations

import unicodedata

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would turn the rest of a line around


def printable(text: str) -> str:
    """`text` on one line, with what could steer a terminal made visible."""
    return "".join(repr(sign)[1:-1] if unicodedata.category(sign) == "Cc" or sign in _BIDI else sign for sign in text)
