"""Projects that ask a model and make no agent that is seen, and those that depend on a framework and use it unseen."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from inventory.discovery.frameworks import MODELS_PYTHON, MODELS_SCRIPT, PYTHON, SCRIPT, of_module
from inventory.discovery.masking import masked
from inventory.discovery.parsing import json_of, line_of, mapping
from inventory.discovery.python_modules import PythonModule
from inventory.discovery.script_agents import SUFFIXES
from inventory.discovery.script_text import imported, without_comments
from inventory.discovery.values import AGENTS, AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness

_MANIFESTS = ("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "package.json", "pipfile")
_FRAMEWORKS = {p: made.framework for made in (*PYTHON, *SCRIPT) for p in made.packages}
_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?:[=<>!~;@ ]|$)")


def find_model_use(files: Sequence[ScannedFile], source: str, found: Sequence[AgentFinding]) -> Iterator[AgentFinding]:
    """Of each project, the folder of a manifest, without an agent among `found`: what says that it asks a model."""
    homes = sorted({_folder(f.place) for f in files if f.name in _MANIFESTS}, key=len, reverse=True)
    agents = defaultdict[str, set[str]](set)
    for one in found:
        if one.kind in AGENTS:
            agents[_home(one.place, homes)].add(one.declared.framework or "")
    manifests = defaultdict[str, list[ScannedFile]](list)
    for file in files:
        if file.name in _MANIFESTS:
            manifests[_folder(file.place)].append(file)
    for home in homes:
        for file in manifests[home]:
            yield from _unseen(file, source, agents, home)
    uses = defaultdict[str, list[tuple[str, Sighting]]](list)
    for file in files:
        for module, vendor in _calls(file):
            said = Sighting(masked(f"imports {module}"), file.place, line_of(file.text, module))
            uses[_home(file.place, homes)].append((vendor, said))
    for home, seen in uses.items():
        if not agents[home]:
            yield _use(home, source, seen)


def _folder(place: str) -> str:
    return place.rpartition("/")[0]


def _home(place: str, homes: Iterable[str]) -> str:
    """The nearest folder with a manifest around `place`; the folder that was scanned where there is none."""
    return next((h for h in homes if not h or place.startswith(f"{h}/")), "")


def _unseen(file: ScannedFile, source: str, agents: Mapping[str, set[str]], home: str) -> Iterator[AgentFinding]:
    """A framework that a manifest asks for and of which no agent was seen below it."""
    seen = {f for at, fs in agents.items() if at == home or not home or at.startswith(f"{home}/") for f in fs}
    if seen:
        return
    for package in dict.fromkeys(_packages(file)):
        framework = _FRAMEWORKS.get(package.lower())
        if framework is not None:
            yield AgentFinding(
                FindingKind.AGENT, _name(home, source), source, file.place, line_of(file.text, package),
                Sureness.POSSIBLE,
                f"The project depends on `{package}` ({framework}), and no place was seen that makes an agent: it "
                "may be made in a way that is not read, or no longer.",
                Declared(framework=framework),
                (Sighting(masked(f"depends on {package}"), line=line_of(file.text, package)),),
            )  # fmt: skip
            return


def _name(home: str, source: str) -> str:
    return home.rpartition("/")[2] or source.rstrip("/").rpartition("/")[2] or source


def _packages(file: ScannedFile) -> Iterator[str]:
    if file.name == "package.json":
        told = mapping(json_of(file.text))
        yield from (str(name) for name in mapping(told.get("dependencies")))
    elif file.name in ("pyproject.toml", "pipfile"):
        try:
            told = tomllib.loads(file.text)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            return
        listed = mapping(told.get("project")).get("dependencies")
        for text in listed if isinstance(listed, list) else ():
            if isinstance(text, str) and (match := _REQUIREMENT.match(text)):
                yield match[1]
        poetry = mapping(mapping(mapping(told.get("tool")).get("poetry")).get("dependencies"))
        yield from (str(name) for name in (*poetry, *mapping(told.get("packages"))))
    elif file.name == "requirements.txt":
        for line in file.text.splitlines():
            if match := _REQUIREMENT.match(line):
                yield match[1]


def _calls(file: ScannedFile) -> Iterator[tuple[str, str]]:
    """The modules that ask a model, and whose, which a file imports."""
    if file.suffix in (".py", ".ipynb") and any(m.split(".")[0] in file.text for m in MODELS_PYTHON):
        for module in PythonModule(file).modules:
            if known := of_module(module, MODELS_PYTHON):
                yield module, MODELS_PYTHON[known]
    elif file.suffix in SUFFIXES and any(m in file.text for m in MODELS_SCRIPT):
        for module in dict.fromkeys(imported(without_comments(file.text)).values()):
            if known := of_module(module, MODELS_SCRIPT):
                yield module, MODELS_SCRIPT[known]


def _use(home: str, source: str, seen: Sequence[tuple[str, Sighting]]) -> AgentFinding:
    vendors = " / ".join(dict.fromkeys(vendor for vendor, _ in seen if vendor != "several"))
    files = f"{len({e.where for _, e in seen}):,}"
    return AgentFinding(
        FindingKind.MODEL_USE, _name(home, source), source, home, None, Sureness.CERTAIN,
        "A library that asks a model is imported. No agent was seen: nothing that chooses its own steps or tools.",
        Declared(vendor=vendors or None, facts=(("files", files),)),
        tuple(evidence for _, evidence in seen[:8]),
    )  # fmt: skip
