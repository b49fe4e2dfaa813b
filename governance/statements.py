"""Policy text cut into its statements, each with its line, so that every problem can be reported at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|;|.', re.DOTALL)


@dataclass(frozen=True)
class Statement:
    """One policy as it is written, comments before it left out."""

    line: int  # of its first word, from 1
    text: str  # with its closing semicolon


def statements(text: str) -> tuple[Statement, ...]:
    """The statements of `text` in order; what follows the last semicolon is a statement too unless it is empty."""
    found = []
    parts: list[str] = []
    line = first = 1
    for token in _TOKEN.findall(text):
        comment = token.startswith("//")
        if parts or not (comment or token.isspace()):
            if not parts:
                first = line
            parts.append(token)
        line += token.count("\n")
        if token == ";":
            found.append(Statement(first, "".join(parts)))
            parts = []
    if parts:
        found.append(Statement(first, "".join(parts)))
    return tuple(found)
