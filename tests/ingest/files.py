"""Small files to import, written as a test needs them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Attributes = Sequence[tuple[str, str, str]]  # type, key, value


@dataclass(frozen=True)
class Bad:
    """A bad file."""

    file: str  # its name
    content: bytes | Callable[[Path], bytes]  # or what makes it, with a folder to work in
    says: str  # what the message has to say, beside the name
    options: dict[str, Any] = field(default_factory=dict)  # of the import

    def write(self, folder: Path) -> Path:
        """The file in `folder`."""
        path = folder / self.file
        path.write_bytes(self.content if isinstance(self.content, bytes) else self.content(folder))
        return path


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV file at `path` with what `text` says, its indentation removed."""
    lines = [line.strip() for line in text.strip().splitlines()]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def event(activity: str, stamp: str, transition: str | None = None, *more: tuple[str, str, str]) -> Attributes:
    """The attributes of one XES event."""
    found = [("string", "concept:name", activity), ("date", "time:timestamp", stamp)]
    if transition is not None:
        found.append(("string", "lifecycle:transition", transition))
    return [*found, *more]


def quoted(value: str) -> str:
    """`value` as an attribute of XML, in double quotation marks as programs write XES."""
    return '"' + escape(value, {'"': "&quot;"}) + '"'


def xes_text(traces: Iterable[tuple[str, Sequence[Attributes]]]) -> str:
    """An XES document of traces, each a name and its events."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n']
    for name, events in traces:
        parts.append(f'<trace>\n<string key="concept:name" value={quoted(name)}/>\n')
        for attributes in events:
            tags = "".join(f"<{kind} key={quoted(k)} value={quoted(v)}/>\n" for kind, k, v in attributes)
            parts.append(f"<event>\n{tags}</event>\n")
        parts.append("</trace>\n")
    return "".join([*parts, "</log>\n"])


def xes_file(path: Path, traces: Iterable[tuple[str, Sequence[Attributes]]]) -> Path:
    """The XES file of `traces` at `path`, compressed if its name ends in `.gz`."""
    data = xes_text(traces).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
