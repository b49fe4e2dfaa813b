"""Reads a log for the back-test: the evidence with who did the work taken out, and apart from it who did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.queries import load
from core.view import View
from core.workspace import Workspace
from mining.allocation.evidence import TaskEvidence
from mining.allocation.flows import FlowCounter
from mining.allocation.observe import observe
from mining.map.dfg import discover_dfg
from mining.map.profile import ActivityProfile, profiles
from mining.map.variant import variants

OTHERS = "*"  # in kinds: every performer whose kind is not known
KNOWN = 0.5  # share of an activity's instances whose doer must be known for it to be judged
MOSTLY = 0.5  # share of these that software did, from which it counts as automated


@dataclass(frozen=True)
class BacktestTask:
    """An activity of the back-test: what may be looked at, and what is to be found out."""

    evidence: TaskEvidence  # without who did the work
    automated: bool  # whether software did most of it


@dataclass(frozen=True)
class BacktestLog:
    """A log of the back-test."""

    name: str
    activities: tuple[str, ...]  # all of the log
    tasks: tuple[BacktestTask, ...]  # those of which it is known who does them


def look_back(ws: Workspace, view: View, kinds: Mapping[str, str]) -> BacktestLog:
    """What the log that `view` shows gives to the back-test.

    `kinds` says what performers are where the log does not, by name; `*` stands for all others whose kind is not known.
    """
    with ws.logs.open(view) as opened:
        found = profiles(opened.connection, discover_dfg(opened.connection))
        flows = FlowCounter(variants(opened.connection))
        evidence = observe(opened, [hidden(profile) for profile in found], flows)
        done = opened.connection.execute(load("mining.sql", "backtest_doers").sql).fetchall()
        name = opened.version.log
    shares = automated_shares(done, kinds)
    tasks = tuple(
        BacktestTask(one, shares[one.activity] >= MOSTLY) for one in evidence if one.activity in shares
    )  # fmt: skip
    return BacktestLog(name, tuple(profile.activity for profile in found), tasks)


def hidden(profile: ActivityProfile) -> ActivityProfile:
    """`profile` without anything that tells who did the work."""
    return replace(
        profile, self_loop_share=None, handover_before_share=None, handover_after_share=None, performers=0,
        performer_known_share=0.0, human_share=None, agent_share=None, system_share=None, kind_known_share=0.0,
        people=(), systems=(),
    )  # fmt: skip


def automated_shares(done: Iterable[tuple[str, str | None, str, int]], kinds: Mapping[str, str]) -> dict[str, float]:
    """By activity the share of its instances of known kind that software did; without those that are mostly unknown.

    `done` has activity, performer, kind and number of instances.
    """
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for activity, performer, told, instances in done:
        kind = kinds.get(performer, told) if performer is not None else told
        if kind == "unknown" and performer is not None:
            kind = kinds.get(OTHERS, kind)
        counts[activity][kind] += instances
    shares = {}
    for activity, by_kind in counts.items():
        every, unknown = sum(by_kind.values()), by_kind["unknown"]
        if every - unknown >= KNOWN * every:
            shares[activity] = (by_kind["system"] + by_kind["agent"]) / (every - unknown)
    return shares
