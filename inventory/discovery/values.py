"""What a scan finds, as frozen values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class FindingKind(StrEnum):
    """Where an agent, or something that an agent uses, was found."""

    CARD = "agent card"
    AGENT = "agent in code"
    FLOW = "exported flow"  # of a builder without code
    MODEL_USE = "use of a model"  # a model is called, and no sign of an agent
    MCP_CLIENT = "MCP client"  # a tool of somebody's desk that may call servers
    MCP_SERVER = "MCP server"  # tools that agents call; no agent itself
    TRACE = "traced agent"
    PERFORMER = "performer in a log"


AGENTS = frozenset({FindingKind.CARD, FindingKind.AGENT, FindingKind.FLOW, FindingKind.TRACE, FindingKind.PERFORMER})


class Sureness(StrEnum):
    """How sure it is that this is an agent at work, or what its kind says."""

    CERTAIN = "certain"  # it says so itself
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """1 for the least sure to 3."""
        return {Sureness.CERTAIN: 3, Sureness.LIKELY: 2, Sureness.POSSIBLE: 1}[self]


@dataclass(frozen=True)
class Sighting:
    """One thing that was seen."""

    text: str  # in words or as it stands in the file, secrets masked
    where: str = ""  # path from the folder that was scanned; empty: that of the finding
    line: int | None = None  # from 1


@dataclass(frozen=True)
class Declared:
    """What a finding says of the agent. Empty: it does not say."""

    purpose: str | None = None
    framework: str | None = None
    vendor: str | None = None
    models: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()  # tools whose name says that they change something
    address: str | None = None  # where it is asked
    version: str | None = None
    monthly_runs: int | None = None
    facts: tuple[tuple[str, str], ...] = ()  # more, by name, as text


_COUNTED = ("monthly_runs", "facts")  # differ from scan to scan though nothing was changed


@dataclass(frozen=True)
class AgentFinding:
    """One agent, or one thing beside it, that was found."""

    kind: FindingKind
    name: str
    source: str  # what was scanned: `folder:...`, `traces:...`, `log:...` or the address of a card
    place: str  # path from the folder, name of the file, or activity; empty: the source itself
    line: int | None
    confidence: Sureness
    reason: str  # for the confidence
    declared: Declared = field(default_factory=Declared)
    evidence: tuple[Sighting, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others in each scan of the same source: SHA-256 of kind, source, place and name."""
        text = "\n".join((self.kind.value, self.source, self.place, self.name))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, without lines, counts and confidence: it differs where the agent was changed."""
        said = json.dumps({k: v for k, v in asdict(self.declared).items() if k not in _COUNTED}, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class ScannedFile:
    """One file of a scanned folder, and its text."""

    place: str  # path from the folder, with `/`
    text: str

    @property
    def name(self) -> str:
        """The file's name in small letters."""
        return self.place.rsplit("/", 1)[-1].lower()

    @property
    def suffix(self) -> str:
        """Its extension in small letters, with the dot."""
        return Path(self.name).suffix

    @property
    def lines(self) -> Sequence[str]:
        """Its lines."""
        return self.text.splitlines()


class Finder(Protocol):
    """Finds agents in the files of one folder. It reads texts; it opens, imports and runs nothing."""

    def __call__(self, files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
        """What is found in `files` of `source`. Raises nothing, whatever stands in a file."""
        ...


@dataclass(frozen=True)
class Scan:
    """What one look at some sources found; nothing is stored by it."""

    sources: tuple[str, ...]
    files: int  # that were read
    findings: tuple[AgentFinding, ...]
    notes: tuple[str, ...] = ()  # what was not read and why, in words
    partial: tuple[str, ...] = ()  # sources that were not read to their end: nothing of them is said to be gone
