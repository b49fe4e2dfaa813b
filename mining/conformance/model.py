"""What a log is checked against: a saved workflow map, a BPMN file, or the chosen variants of the log itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.figures import per_cent
from core.workspace import Workspace
from mining.conformance.bpmn import read_bpmn
from mining.conformance.net import Net, net_of_traces, net_of_tree
from mining.map.maps import WorkflowMap, get_map
from mining.map.profile import MOST_DOERS
from mining.map.variant import Variant

MOST_VARIANTS = 2000
_SHARE = re.compile(r"^(\d+(?:\.\d+)?)\s*%$")


@dataclass(frozen=True)
class MapPerformers:
    """Who does an activity, as a saved map has it."""

    activity: str
    kinds: tuple[str, ...]  # human, agent, system: those that did it
    names: tuple[str, ...] | None  # all performers that did it; None where the map does not have them all


@dataclass(frozen=True)
class Model:
    """A model, ready to be checked against. Equal references are equal models, but for variants of another log."""

    reference: str  # `map Orders@2`, `bpmn orders.bpmn 1a2b3c4d`, `variants 10`, `variants 80%`
    title: str  # for people
    net: Net
    known: tuple[MapPerformers, ...] = ()  # who does what, of a saved map
    lanes: tuple[tuple[str, str], ...] = ()  # activity and lane, of a BPMN file
    traces: frozenset[tuple[str, ...]] = frozenset()  # of chosen variants: they fit, whatever else does


def model_of_map(ws: Workspace, name: str, version: int | None = None) -> Model:
    """The process tree of a saved workflow map, with who did what when it was saved. Raises NotFound."""
    found = get_map(ws, name, version)
    return Model(
        f"map {found.name}@{found.version}",
        f"workflow map {found.name} version {found.version}",
        net_of_tree(found.tree),
        tuple(_known(found)),
    )


def model_of_reference(ws: Workspace, text: str) -> Model:
    """The model that `NAME`, or `NAME@2` for one version, means. Raises NotFound, BadInput for no number."""
    name, at, number = text.rpartition("@")
    if not at:
        return model_of_map(ws, text)
    if not number.isdecimal():
        raise BadInput(f"`{text}` names no version of a map. Write `NAME@2`, or only `NAME` for the newest.")
    return model_of_map(ws, name, int(number))


def model_of_bpmn(content: str | bytes, file: str) -> Model:
    """The process of a BPMN file with this content. Raises BadInput for what is not supported."""
    read = read_bpmn(content, file)
    digest = hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:8]
    title = f"{read.name} ({file})" if read.name != file else file
    return Model(f"bpmn {file} {digest}", title, read.net, lanes=read.lanes)


def model_of_variants(variants: Sequence[Variant], chosen: str) -> Model:
    """The model that allows exactly the most frequent of `variants`: `10`, or those that cover `80%` of the cases.

    Raises BadInput for another choice, and where more than MOST_VARIANTS would be chosen.
    """
    frequent = sorted(variants, key=lambda v: -v.cases)
    number, said = _chosen(frequent, chosen)
    if number > MOST_VARIANTS:
        raise BadInput(
            f"`{chosen}` are {number:,} variants; at most {MOST_VARIANTS:,} can be a model. Choose fewer, or a map."
        )
    traces = tuple(v.trace for v in frequent[:number])
    if not traces:
        raise BadInput("There is no case, so there is no variant to check against.")
    covered = sum(v.cases for v in frequent[:number]) / sum(v.cases for v in frequent)
    title = f"the {number:,} most frequent variants" if number > 1 else "the most frequent variant"
    return Model(
        f"variants {said}",
        f"{title}, which {'cover' if number > 1 else 'covers'} {per_cent(covered)} of the cases",
        net_of_traces(traces),
        traces=frozenset(traces),
    )


def _chosen(frequent: Sequence[Variant], chosen: str) -> tuple[int, str]:
    text = chosen.strip()
    match = _SHARE.match(text)
    if match and 0 < float(match[1]) <= 100:
        wanted = float(match[1]) / 100 * sum(v.cases for v in frequent)
        covered = 0
        for number, variant in enumerate(frequent, 1):
            covered += variant.cases
            if covered >= wanted - 1e-9:
                return number, f"{float(match[1]):g}%"
        return len(frequent), f"{float(match[1]):g}%"
    if text.isdecimal() and int(text) > 0:
        return min(int(text), len(frequent)), str(int(text))
    raise BadInput(
        f"`{chosen}` chooses no variants. Give a number such as `10`, or a share of the cases such as `80%`."
    )


def _known(found: WorkflowMap) -> list[MapPerformers]:
    """Who does what, where the map says it of every instance."""
    known = []
    for profile in found.profiles:
        kinds = {"human": profile.human_share, "agent": profile.agent_share, "system": profile.system_share}
        said = tuple(kind for kind, share in kinds.items() if share) if profile.kind_known_share == 1 else ()
        all_named = profile.performer_known_share == 1 and profile.performers <= MOST_DOERS
        names = tuple(sorted(doer.name for doer in profile.people)) if all_named else None
        if said or names:
            known.append(MapPerformers(profile.activity, said, names))
    return known
