"""Verbs of workflow maps and baselines."""

from __future__ import annotations

from app.verbs.values import CatalogueEntry
from kpi import freeze_baseline
from kpi.freeze import FREEZE
from mining.allocation import allocate, answer_task, override
from mining.allocation.service import ALLOCATE, ANSWER, OVERRIDE
from mining.conformance import allow, withdraw
from mining.conformance.allowed import ALLOW, WITHDRAW
from mining.map.maps import SAVE, save_map
from mining.whatif import keep_scenario
from mining.whatif.service import KEEP

_NO_FIGURE = "None: what is accepted is a deviation from a model, no figure of the log."

MAPS = (
    CatalogueEntry(
        SAVE, save_map, ("map save",), ("process_map.page",),
        trust="Nothing is demanded: the log's judgement goes along with what is discovered, and is told beside it.",
    ),
    CatalogueEntry(
        ALLOCATE, allocate, ("allocate",), ("allocation.page",),
        trust="That no simulated performer did work in the log: else what automating is worth is not known.",
    ),
    CatalogueEntry(
        ANSWER, answer_task, ("allocate",), ("allocation.task",),
        trust="That of the allocation which it changes.",
    ),
    CatalogueEntry(
        OVERRIDE, override, ("allocate",), ("allocation.task",),
        trust="That of the allocation which it stands above.",
    ),
    CatalogueEntry(
        KEEP, keep_scenario, ("what-if",), ("what_if.page",),
        trust="That no simulated performer did work in the log, and that the simulated as-is resembles cases which "
        "were held out: else the scenario is withheld.",
    ),
    CatalogueEntry(ALLOW, allow, ("map allow",), ("conformance.detail",), trust=_NO_FIGURE),
    CatalogueEntry(WITHDRAW, withdraw, ("map withdraw",), ("conformance.detail",), trust=_NO_FIGURE),
    CatalogueEntry(
        FREEZE, freeze_baseline, ("kpi baseline",),
        trust="Of each KPI what the log can carry of its results; the others are frozen as withheld, with the reason.",
        not_here="Pages show baselines; one is frozen when a workflow is proposed.",
    ),
)  # fmt: skip
