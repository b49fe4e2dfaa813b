"""Looks at what somebody names: folders, traces, logs, addresses of cards. Nothing is stored, nothing of it is run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import BadInput, TandemError
from core.workspace import Workspace
from inventory.discovery.addresses import card_at
from inventory.discovery.card_code import find_cards_in_code
from inventory.discovery.cards import find_cards
from inventory.discovery.clients import find_clients
from inventory.discovery.flows import find_flows
from inventory.discovery.folders import read_folder
from inventory.discovery.model_use import find_model_use
from inventory.discovery.performers import find_performers
from inventory.discovery.python_agents import find_python_agents
from inventory.discovery.script_agents import find_script_agents
from inventory.discovery.servers import find_servers
from inventory.discovery.spans import spans_of
from inventory.discovery.traces import find_in_traces
from inventory.discovery.values import AgentFinding, Finder, Scan, ScannedFile

FINDERS: tuple[Finder, ...] = (
    find_cards, find_cards_in_code, find_clients, find_servers, find_python_agents, find_script_agents, find_flows,
)  # fmt: skip
_TESTS = re.compile(
    r"(?:^|/)(?:tests?|testing|__tests__|__mocks__|fixtures?|testdata|test_data|e2e|specs?|cassettes|snapshots)/"
    r"|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec|stories)\.[cm]?[jt]sx?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DiscoverySources:
    """What is to be looked at."""

    folders: Sequence[Path] = ()  # or single files
    traces: Sequence[Path] = ()  # OTLP in JSON
    logs: Sequence[str] = ()  # names of event logs
    cards: Sequence[str] = ()  # addresses, each asked once

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.folders or self.traces or self.logs or self.cards)


def scan(ws: Workspace, sources: DiscoverySources) -> Scan:
    """What is found in `sources`. Raises BadInput with every source that cannot be looked at, or if none is named."""
    if not sources.any:
        raise BadInput(
            "Nothing was named to look at. Name a folder, a file of traces, an event log or a card's address."
        )
    findings: list[AgentFinding] = []
    names: list[str] = []
    notes: list[str] = []
    partial: list[str] = []
    problems: list[str] = []
    files = 0
    for folder in dict.fromkeys(sources.folders):
        try:
            read = in_folder(folder)
            files += read.files
            findings += read.findings
            notes += read.notes
            names += read.sources
            partial += read.partial
        except TandemError as error:
            problems.append(error.message)
    for path in dict.fromkeys(sources.traces):
        try:
            findings += find_in_traces(spans_of(path), f"traces:{path.name}", path.name)
            names.append(f"traces:{path.name}")
        except TandemError as error:
            problems.append(error.message)
    for log in dict.fromkeys(sources.logs):
        try:
            findings += find_performers(ws, log)
            names.append(f"log:{log}")
        except TandemError as error:
            problems.append(error.message)
    for address in dict.fromkeys(sources.cards):
        try:
            card = card_at(address)
            findings.append(card)
            names.append(card.source)
        except TandemError as error:
            problems.append(error.message)
    if problems:
        raise BadInput("The scan was not made; nothing was stored.", problems=problems)
    return Scan(tuple(names), files, told_apart(findings), tuple(notes), tuple(partial))


def in_folder(folder: Path) -> Scan:
    """What is found in the files of `folder`, and what was left out. Raises BadInput."""
    reading = read_folder(folder)
    source = f"folder:{folder.resolve()}"
    kept = [file for file in reading.files if not _TESTS.search(file.place)]
    notes = list(reading.notes)
    if len(kept) < len(reading.files):
        number = len(reading.files) - len(kept)
        notes.append(f"`{folder}`: {number:,} files of tests and fixtures were not looked at.")
    found = find_in_files(kept, source)
    return Scan((source,), len(kept), found, tuple(notes), () if reading.whole else (source,))


def find_in_files(files: Sequence[ScannedFile], source: str) -> tuple[AgentFinding, ...]:
    """What every finder finds in `files`, by place and line."""
    found = [one for finder in FINDERS for one in finder(files, source)]
    found += find_model_use(files, source, found)
    return tuple(sorted(found, key=lambda f: (f.place, f.line or 0, f.name)))


def told_apart(findings: Iterable[AgentFinding]) -> tuple[AgentFinding, ...]:
    """The findings, those with the name of one before them in the same place numbered."""
    seen = Counter[str]()
    found = []
    for one in findings:
        seen[one.key] += 1
        number = seen[one.key]
        found.append(one if number == 1 else replace(one, name=f"{one.name} ({number})"))
    return tuple(found)
