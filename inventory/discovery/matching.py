"""Which registered pilot a finding may be, and what a pilot made of it would say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from urllib.parse import urlsplit

from inventory import labels
from inventory.discovery.records import PilotMatch, ProposedField
from inventory.discovery.values import AgentFinding, FindingKind
from inventory.overlap.encoder import Encoder
from inventory.suggesting import NamedStep, score
from inventory.values import Pilot

LEAST = 0.5  # below, no pilot is named as a match
MOST = 3
BY_ADDRESS, BY_NAME, BY_WORDS, BY_THINGS, BY_MODEL = 0.95, 0.9, 0.6, 0.4, 0.15
_ALIKE = 0.8  # below, two names in other letters are not one name
_WORDS_FROM = 0.45  # below, two texts that speak of their work are not alike
_KNOWN = {
    FindingKind.CARD: "declared", FindingKind.TRACE: "observed", FindingKind.PERFORMER: "observed",
    FindingKind.FLOW: "read from an export", FindingKind.AGENT: "read from code",
    FindingKind.MODEL_USE: "read from code", FindingKind.MCP_CLIENT: "read from a configuration",
    FindingKind.MCP_SERVER: "read from code",
}  # fmt: skip


def match(
    found: Sequence[AgentFinding], pilots: Sequence[Pilot], encoder: Encoder | None
) -> list[tuple[PilotMatch, ...]]:
    """For each finding up to MOST pilots that it may be, the likeliest first.

    Each sign has a weight and a strength from 0 to 1; the score is one less the product of what each leaves over
    (1 - weight x strength), as independent signs add up. Scores rank; they are no probabilities, and nothing is
    matched by them: a person says it.
    """
    if not pilots or not found:
        return [() for _ in found]
    asked = [NamedStep(f"{f.name}. {f.declared.purpose or ''}"[:500]) for f in found]
    texts = [f"{p.facts.name}. {p.facts.purpose or ''} {' '.join(p.facts.activities)}"[:500] for p in pilots]
    near = score(asked, texts, encoder)
    return [
        tuple(sorted(_of_one(one, pilots, near[n]), key=lambda m: (-m.score, m.pilot))[:MOST])
        for n, one in enumerate(found)
    ]


def _of_one(one: AgentFinding, pilots: Sequence[Pilot], near: Sequence[float]) -> Iterator[PilotMatch]:
    for place, pilot in enumerate(pilots):
        signs = list(_signs(one, pilot, float(near[place])))
        total = 1 - prod(1 - weight * strength for weight, strength, _ in signs)
        if total >= LEAST:
            words = [text for _, _, text in sorted(signs, key=lambda s: -s[0] * s[1])]
            yield PilotMatch(pilot.id, pilot.facts.name, round(total, 3), tuple(words))


def _signs(one: AgentFinding, pilot: Pilot, near: float) -> Iterator[tuple[float, float, str]]:
    """Weight, strength and words of each sign that a finding is a pilot."""
    facts, said = pilot.facts, one.declared
    places = " ".join(filter(None, (facts.runtime, facts.log_location, facts.platform, *facts.links)))
    if said.address and _host(said.address) and _host(said.address) in places.lower():
        same = said.address.lower() in places.lower()
        yield BY_ADDRESS, 1.0 if same else 0.7, f"{'its address' if same else 'the host of its address'} is the pilot's"
    elif one.place and f"{one.source.partition(':')[2]}/{one.place}" in places:
        yield BY_ADDRESS, 1.0, "the pilot names its file"
    alike = labels.likeness(one.name, facts.name)
    named = any(labels.key(one.name) == labels.key(n) for n in (facts.name, facts.reference or ""))
    if named or alike >= _ALIKE:
        yield BY_NAME, 1.0 if named else alike - 0.2, "the same name" if named else f"a name like `{facts.name}`"
    if near >= _WORDS_FROM:
        yield BY_WORDS, min(near, 1.0), "name and purpose say much the same"
    shared = _shared([*said.tools, *said.systems, *said.actions], [*facts.actions, *facts.systems, *facts.activities])
    if shared:
        strength = min(1.0, len(shared) / max(2, len(facts.actions) + len(facts.systems)))
        yield BY_THINGS, strength, f"both have {', '.join(shared[:4])}"
    model = next((m for m in said.models if _same_model(m, facts.model)), None)
    if model:
        yield BY_MODEL, 1.0, f"the same model {model}"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _shared(first: Iterable[str], second: Iterable[str]) -> list[str]:
    keys = {labels.key(name) for name in second}
    return list(dict.fromkeys(name for name in first if labels.key(name) in keys))


def _same_model(first: str, second: str | None) -> bool:
    def bare(name: str) -> str:
        return labels.key(name.replace(":", "/").rpartition("/")[2])

    return bool(second) and bare(first) == bare(second or "")


def proposed(one: AgentFinding) -> tuple[ProposedField, ...]:
    """The columns of a pilot made of a finding, each with how it is known. The department nobody but a person knows."""
    said, known = one.declared, _KNOWN[one.kind]
    where = (
        f"{one.source.partition(':')[2]}/{one.place}".rstrip("/") if one.source.startswith("folder:") else one.source
    )
    columns = (
        ("name", one.name[:300], known),
        ("purpose", said.purpose or "", known),
        ("activities", dict(said.facts).get("does", ""), "observed"),
        ("actions", "; ".join(t.replace(";", ",") for t in said.actions), f"{known}, by the names of tools"),
        ("systems", "; ".join(said.systems), f"{known}, by the names of tools and modules"),
        ("vendor", said.vendor or "", known if one.kind is FindingKind.CARD else "assumed from the model's name"),
        ("model", " / ".join(said.models)[:300], known),
        ("platform", said.framework or "", known),
        ("runtime", f"a2a:{said.address}"[:300] if said.address and one.kind is FindingKind.CARD else "", known),
        ("monthly_runs", str(said.monthly_runs) if said.monthly_runs else "", "observed"),
        ("log_location", where if one.kind in (FindingKind.TRACE, FindingKind.PERFORMER) else "", "observed"),
        ("links", where if one.kind not in (FindingKind.TRACE, FindingKind.PERFORMER) else "", "where it was found"),
    )  # fmt: skip
    return tuple(ProposedField(column, value, how) for column, value, how in columns if value)
