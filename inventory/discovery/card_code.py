"""Agent cards of the A2A protocol that Python writes in code: `AgentCard(...)` of the protocol's own library."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from inventory.discovery.masking import masked, public_address
from inventory.discovery.python_modules import PythonModule, PythonProject, name_of
from inventory.discovery.python_values import Reader
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in


def find_cards_in_code(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The cards that Python in `files` makes of `a2a.types`."""
    project = PythonProject(f for f in files if "a2a" in f.text)
    for module in project.modules:
        if "AgentCard" in module.text:
            yield from _of_module(project, module, source)


def _of_module(project: PythonProject, module: PythonModule, source: str) -> Iterator[AgentFinding]:
    reader = Reader(project, module)
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        module_of, _, made = project.dotted(node.func, module).rpartition(".")
        if made != "AgentCard" or not module_of.startswith("a2a"):
            continue
        words = {k.arg: k.value for k in node.keywords}
        name = reader.text(words.get("name"))
        if not name:
            continue
        address = reader.text(words.get("url"))
        skills = tuple(dict.fromkeys(_skills(module, reader)))
        yield AgentFinding(
            FindingKind.CARD, masked(name)[:120], source, module.file.place, node.lineno, Sureness.CERTAIN,
            "Code writes a card of the A2A protocol, by which the agent describes itself.",
            Declared(purpose=masked(reader.text(words.get("description")), 600) or None, framework="A2A", tools=skills,
                     systems=systems_in([*skills, *module.modules]), actions=changing(skills),
                     address=public_address(address) if "://" in address and "…" not in address else None,
                     version=reader.text(words.get("version")) or None),
            (Sighting(masked(module.line(node.lineno)), line=node.lineno),),
        )  # fmt: skip


def _skills(module: PythonModule, reader: Reader) -> Iterator[str]:
    """The skills that the module makes: those of all its cards, where it makes several."""
    for node in module.nodes:
        if isinstance(node, ast.Call) and name_of(node.func).rpartition(".")[2] == "AgentSkill":
            said = reader.text({k.arg: k.value for k in node.keywords}.get("id"))
            if said:
                yield masked(said)
