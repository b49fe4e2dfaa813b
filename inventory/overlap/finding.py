"""Proposals of pilots that do the same work, from pilots and answers alone: no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import exp

from inventory.costs import monthly_costs
from inventory.overlap import evidence
from inventory.overlap.clustering import clusters
from inventory.overlap.common import Inventory, departments, inventory_of
from inventory.overlap.encoder import NAME, Encoder
from inventory.overlap.features import PairTable, pair_table
from inventory.overlap.precision import precision_so_far
from inventory.overlap.proof import MinedWork, proof_of
from inventory.overlap.reasons import cluster_reasons, features_of, reason
from inventory.overlap.values import Overlap, Overlaps, PairKey, PilotCluster, TickAnswer
from inventory.overlap.weights import Weights, shipped
from inventory.values import Pilot

PROPOSED = 0.05  # probability from which a pair is proposed at all
LEXICAL = (
    "Compared by words and letters alone, which finds little that is said in other words or in another language. "
    "The extra `overlap` brings a sentence encoder: see docs/pilots.md."
)
RANKED = "Proposals to be answered, the likeliest first. Probabilities are those of made-up sheets: believe the order."


@dataclass(frozen=True)
class KnownWork:
    """What event logs and people know of pilots' work."""

    activities: Mapping[str, str] = field(default_factory=dict)  # of event logs, by key
    task_of: Mapping[tuple[int, str], str] = field(default_factory=dict)  # what a person linked, see `pair_table`
    work: Sequence[MinedWork] = ()


@dataclass(frozen=True)
class JudgedPairs:
    """What is known of every pair before it is put in words."""

    table: PairTable
    weights: Weights
    voted: Mapping[PairKey, evidence.Votes]
    unaided: Mapping[PairKey, float]  # log-odds without any answer
    odds: Mapping[PairKey, float]  # log-odds with all answers
    clusters: tuple[tuple[int, ...], ...]


def find(
    pilots: Sequence[Pilot],
    answers: Sequence[TickAnswer] = (),
    encoder: Encoder | None = None,
    task_of: Mapping[tuple[int, str], str] | None = None,
    weights: Weights | None = None,
    table: PairTable | None = None,
) -> JudgedPairs:
    """Log-odds and clusters of the pilots that are not stopped; `table` where the features were computed before."""
    active = [p for p in pilots if p.active]
    ids = {p.id for p in active}
    voted = {k: v for k, v in evidence.votes(answers).items() if k[0] in ids and k[1] in ids}
    made = pair_table(active, encoder, task_of, voted) if table is None else table
    used = weights or shipped(encoder is not None)
    unaided = dict(zip(made.pair_keys(), used.log_odds(made.names, made.values).tolist(), strict=True))
    odds = evidence.log_odds(made, used, voted) if voted else unaided
    return JudgedPairs(made, used, voted, unaided, odds, clusters(made.ids, odds, used.shown_from))


def find_overlaps(
    pilots: Sequence[Pilot],
    answers: Sequence[TickAnswer] = (),
    encoder: Encoder | None = None,
    mined: KnownWork | None = None,
) -> Overlaps:
    """What `pilots` do the same work, proposed from what they state and from `answers`.

    Stopped pilots are left out. The order of pilots and of answers of different people changes nothing.
    """
    known = mined or KnownWork()
    found = find(pilots, answers, encoder, known.task_of)
    inventory = inventory_of([p for p in pilots if p.active], known.task_of, known.activities)
    together = {pair for c in found.clusters for pair in combinations(c, 2)}
    rows = {key: row for row, key in enumerate(found.table.pair_keys())}
    pairs = [
        _overlap(found, inventory, key, rows[key], key in together)
        for key in rows
        if key in together or key in found.voted or chance(found.odds[key]) >= PROPOSED
    ]
    return Overlaps(
        pairs=tuple(sorted(pairs, key=lambda o: (not o.tasks, -found.odds[o.first, o.second], o.first, o.second))),
        clusters=_clusters(found, inventory, known.work),
        precision=precision_so_far(found.table.ids, found.unaided, found.voted, found.weights.shown_from, len(answers)),
        encoder=NAME if encoder is not None else None,
        note=RANKED if encoder is not None else f"{RANKED} {LEXICAL}",
    )


def chance(odds: float) -> float:
    """The probability, 0 to 1, of natural log-odds."""
    return 1 / (1 + exp(-max(min(odds, 50.0), -50.0)))


def _overlap(found: JudgedPairs, inventory: Inventory, key: PairKey, row: int, shown: bool) -> Overlap:
    common = inventory.common(*key)
    said = found.voted.get(key, evidence.Votes())
    first, second = inventory.pilots[key[0]], inventory.pilots[key[1]]
    return Overlap(
        first=key[0], second=key[1], first_name=first.facts.name, second_name=second.facts.name,
        departments=common.departments, probability=chance(found.odds[key]), unaided=chance(found.unaided[key]),
        shown=shown, tasks=common.tasks, activities=common.activities, systems=common.systems, data=common.data,
        same=said.same, different=said.different,
        reason=reason(common, features_of(found.table, row), said.same, said.different),
    )  # fmt: skip


def _clusters(found: JudgedPairs, inventory: Inventory, work: Sequence[MinedWork]) -> tuple[PilotCluster, ...]:
    made = [_cluster(found, inventory, ids, work) for ids in found.clusters]
    return tuple(sorted(made, key=lambda c: (-len(c.pilots), -c.probability, c.pilots)))


def _cluster(found: JudgedPairs, inventory: Inventory, ids: tuple[int, ...], work: Sequence[MinedWork]) -> PilotCluster:
    pilots = [inventory.pilots[one] for one in ids]
    keys = list(combinations(ids, 2))
    probability = sum(chance(found.odds[key]) if key in found.odds else 0.0 for key in keys) / len(keys)
    users = [p.facts.users for p in pilots if p.facts.users is not None]
    costs, priced = monthly_costs(pilots)
    return PilotCluster(
        pilots=ids, names=tuple(p.facts.name for p in pilots), departments=departments(pilots),
        statuses=tuple(p.facts.status.value if p.facts.status else "unknown" for p in pilots),
        users=sum(users) if users else None, users_known=len(users),
        costs=costs, costs_known=priced, probability=probability, answered=sum(key in found.voted for key in keys),
        proof=proof_of(ids, inventory.tasks, work),
        reasons=cluster_reasons([inventory.common(*key) for key in keys], len(ids), probability),
    )  # fmt: skip
