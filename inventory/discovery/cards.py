"""Agent cards of the A2A protocol, as version 1.0 writes them and as 0.2 and 0.3 did.

Fields: https://a2a-protocol.org/latest/specification/, section 4.4 (AgentCard, AgentInterface, AgentSkill).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from inventory.discovery.masking import masked, public_address
from inventory.discovery.parsing import json_of, line_of, listed, mapping, text_of
from inventory.discovery.values import AgentFinding, Declared, FindingKind, ScannedFile, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in

_NAMES = ("agent-card.json", "agent_card.json", "agentcard.json")
_REQUIRED = ("name", "description", "version", "capabilities", "defaultInputModes", "defaultOutputModes", "skills")


def find_cards(files: Sequence[ScannedFile], source: str) -> Iterable[AgentFinding]:
    """The cards among `files`, by name of the file or by what stands in it."""
    for file in files:
        if file.suffix == ".json" and (_named(file) or ('"skills"' in file.text and '"name"' in file.text)):
            found = card(json_of(file.text), source, file.place, file.text, named=_named(file))
            if found is not None:
                yield found


def card(value: object, source: str, place: str, text: str, *, named: bool) -> AgentFinding | None:
    """The finding of one card; None where `value` is none. `named`: the file's name says that it is one."""
    told = mapping(value)
    addresses = tuple(_addresses(told))
    name = text_of(told.get("name"))
    skills = [s for s in map(mapping, listed(told.get("skills"))) if text_of(s.get("name") or s.get("id"))]
    shaped = bool(name and skills and addresses and ("capabilities" in told or "defaultInputModes" in told))
    if not name or not (shaped or (named and (skills or addresses))):
        return None
    missing = [field for field in _REQUIRED if field not in told] + ([] if addresses else ["supportedInterfaces"])
    sure = Sureness.LIKELY if missing else Sureness.CERTAIN
    lacks = f"It lacks {', '.join(missing)}, which the protocol requires." if missing else "It has every field."
    return AgentFinding(
        FindingKind.CARD, name, source, place, line_of(text, '"name"'), sure,
        f"The agent describes itself in a card of the A2A protocol. {lacks}",
        _declared(told, skills, addresses),
        tuple(_seen(told, skills, addresses)),
    )  # fmt: skip


def _named(file: ScannedFile) -> bool:
    return file.name in _NAMES or file.place.lower().endswith(".well-known/agent.json")


def _addresses(told: Mapping[str, Any]) -> Iterator[str]:
    """Where it is asked, the preferred one first."""
    interfaces = [*listed(told.get("supportedInterfaces")), told, *listed(told.get("additionalInterfaces"))]
    found = (text_of(mapping(one).get("url"), 2000) for one in interfaces)
    yield from dict.fromkeys(public_address(url) for url in found if "://" in url)


def _declared(told: Mapping[str, Any], skills: Sequence[Mapping[str, Any]], addresses: Sequence[str]) -> Declared:
    tools = tuple(dict.fromkeys(text_of(s.get("id") or s.get("name")) for s in skills))
    schemes = mapping(told.get("securitySchemes"))
    first = mapping(next(iter(listed(told.get("supportedInterfaces"))), None))
    protocol = text_of(first.get("protocolVersion") or told.get("protocolVersion"))
    facts = {
        "protocol": f"A2A {protocol}".strip(),
        "documentation": public_address(text_of(told.get("documentationUrl"))) if told.get("documentationUrl") else "",
        "asks for": ", ".join(sorted(map(str, schemes)))[:200],
        "signed": "yes, not verified" if listed(told.get("signatures")) else "",
        "skills": ", ".join(text_of(s.get("name") or s.get("id")) for s in skills)[:500],
    }
    return Declared(
        purpose=text_of(told.get("description"), 1000) or None,
        framework="A2A",
        vendor=text_of(mapping(told.get("provider")).get("organization")) or None,
        tools=tools,
        systems=systems_in([*tools, *(text_of(tag) for s in skills for tag in listed(s.get("tags")))]),
        actions=changing(tools),
        address=next(iter(addresses), None),
        version=text_of(told.get("version")) or None,
        facts=tuple((name, text) for name, text in facts.items() if text),
    )


def _seen(told: Mapping[str, Any], skills: Sequence[Mapping[str, Any]], addresses: Sequence[str]) -> Iterator[Sighting]:
    yield Sighting(masked(f"name: {text_of(told.get('name'))}"))
    for address in addresses[:3]:
        yield Sighting(f"address: {address}")
    for skill in skills[:10]:
        about = text_of(skill.get("description"))
        yield Sighting(masked(f"skill {text_of(skill.get('id') or skill.get('name'))}: {about}"))
