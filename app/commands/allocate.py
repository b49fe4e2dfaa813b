"""`tandem allocate`: who should do each activity of a workflow map, what people answered and decided, the back-test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from app.context import Acting, All, Json, Version, actor, workspace
from app.options import repeated
from app.output import console, say_rest, show_json, show_table, top

if TYPE_CHECKING:
    from mining.allocation import Allocation, AllocationOutcome, Backtest, TaskAnswer, TaskQuestion

Names = Annotated[
    list[str],
    typer.Argument(
        metavar="MAP", help="Name of the workflow map. With --backtest: event logs, imported ones or files."
    ),
]
Overrides = Annotated[
    list[str] | None, repeated("--override", "ACTIVITY=OUTCOME", "Put an outcome in force for an activity.")
]
Answers = Annotated[
    list[str] | None,
    repeated("--answer", "ACTIVITY=QUESTION=ANSWER", "Answer a question: `Pay=reversible=no`."),
]
Kinds = Annotated[
    list[str] | None,
    repeated(
        "--kind", "NAME=KIND",
        "Of --backtest: what a performer is, such as `112=system`, `LOG:112=system`, `LOG:*=human`.",
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add `tandem allocate`."""
    app.command("allocate")(_allocate)


def _allocate(
    names: Names,
    version: Version = None,
    overrides: Overrides = None,
    answers: Answers = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is answered or overridden so.")] = "",
    backtested: Annotated[
        bool, typer.Option("--backtest", help="Hide who did the work, and tell how well suitability finds it.")
    ] = False,
    kinds: Kinds = None,
    acting: Acting = "",
    every: All = False,
    as_json: Json = False,
) -> None:
    """Allocate each activity of a map to agent or human, with two scores, their evidence and the reasons in words."""
    from core.errors import BadInput

    if backtested:
        if overrides or answers:
            raise BadInput("`--backtest` stores nothing: leave out `--override` and `--answer`.")
        return _backtest(names, kinds or [], as_json)
    if len(names) != 1:
        raise BadInput(f"One map is allocated at a time, and {len(names)} are named. Several logs need `--backtest`.")
    return _one_map(names[0], version, overrides or [], answers or [], reason, acting, every, as_json)


def _one_map(
    map_name: str, version: int | None, overrides: list[str], answers: list[str], reason: str, acting: str, every: bool,
    as_json: bool,
) -> None:  # fmt: skip
    from app.simulation import marked_names
    from app.verbs import allocate, answer_task, override
    from core.errors import BadInput, not_found
    from mining.allocation import allocations

    wanted = [parse_override(text) for text in overrides]
    told = [_answered(text) for text in answers]
    if wanted and not reason.strip():
        raise BadInput("An override needs a reason. Say why with `--reason`.")
    with workspace() as ws:
        by = actor(ws, acting)
        found = allocate(ws, map_name, version, by=by)
        known = {allocation.activity for allocation in found}
        for activity in (*(a for a, _ in wanted), *(a for a, _, _ in told)):
            if activity not in known:  # before the first is stored
                raise not_found(f"activity in map `{map_name}`", activity, known)
        for activity, question, answer in told:
            answer_task(ws, map_name, version, activity, question, answer, reason, by=by)
        for activity, outcome in wanted:
            override(ws, map_name, version, activity, outcome, reason, by)
        if wanted or told:
            found = allocations(ws, map_name, version)
        shown = marked_names(ws)
    if as_json:
        return show_json(found)
    return _print(found, shown, every)


def parse_override(text: str) -> tuple[str, AllocationOutcome]:
    """What `ACTIVITY=OUTCOME` says. Raises BadInput for anything else, NotFound for an unknown outcome."""
    from core.errors import BadInput, not_found
    from mining.allocation import AllocationOutcome

    activity, separator, name = text.rpartition("=")
    if not separator or not activity:
        raise BadInput(f"`{text}` is not an override. Write `ACTIVITY=OUTCOME`, such as `Send reminder=human only`.")
    try:
        return activity, AllocationOutcome(name.strip())
    except ValueError:
        raise not_found("outcome", name.strip(), [outcome.value for outcome in AllocationOutcome]) from None


def _answered(text: str) -> tuple[str, TaskQuestion, TaskAnswer]:
    from core.errors import BadInput, not_found
    from mining.allocation import TaskAnswer, TaskQuestion

    rest, _, said = text.rpartition("=")
    activity, separator, asked = rest.rpartition("=")
    if not separator or not activity:
        raise BadInput(f"`{text}` is no answer. Write `ACTIVITY=QUESTION=ANSWER`, such as `Pay=reversible=no`.")
    try:
        question = TaskQuestion(asked.strip())
    except ValueError:
        raise not_found("question", asked.strip(), [question.value for question in TaskQuestion]) from None
    try:
        return activity, question, TaskAnswer(said.strip())
    except ValueError:
        raise not_found("answer", said.strip(), [answer.value for answer in TaskAnswer]) from None


def _print(found: tuple[Allocation, ...], names: Mapping[str, str], every: bool) -> None:
    from app.simulation import name_of

    rows = (
        (a.activity, a.outcome + (" (overridden)" if a.override else " (no task)" if a.no_task else ""),
         "–" if a.suitability is None else f"{a.suitability:.0f}",
         "–" if a.value is None else f"{a.value:.0f}", f"{100 * a.coverage:.0f} %")
        for a in top(found, every)
    )  # fmt: skip
    columns = ("activity", "outcome", "suitability", "value", "evidence")
    show_table(columns, rows, empty="The map has no activity.")
    console().print()
    for allocation in top(found, every):
        said = " ".join(allocation.reasons)
        if allocation.override:
            made = allocation.override
            said = f"{name_of(names, made.by)}: {made.reason} Computed: {allocation.computed}. {said}"
        console().print(f"{allocation.activity}: {said}{_firm(allocation)}", markup=False)
        for asked in allocation.questions:
            console().print(f"  {asked.question}? {asked.text} yes: {asked.yes}; no: {asked.no}", markup=False)
    say_rest(len(top(found, every)), len(found), "activities")


def _firm(allocation: Allocation) -> str:
    firm = allocation.firmness
    if firm is None or firm.interval is None:
        return ""
    return f" (suitability {firm.interval.low:.0f} to {firm.interval.high:.0f}, 95 %)"


def _backtest(logs: list[str], kinds: list[str], as_json: bool) -> None:
    from app.backtesting import run_backtest

    with workspace() as ws:
        found = run_backtest(ws, logs, kinds)
    if as_json:
        return show_json(found)
    return _print_backtest(found)


def _print_backtest(found: Backtest) -> None:
    from mining.allocation import AucEstimate

    def shown(area: AucEstimate) -> str:
        return f"{area.auc:.2f} ({area.low:.2f} to {area.high:.2f})"

    headings = tuple(", ".join(process.logs) for process in found.processes)
    rows = (
        (name, *(shown(process.areas[name]) for process in found.processes), shown(found.mean[name]), known)
        for name, known in found.known.items()
    )
    show_table(("ranked by", *headings, "mean of processes", "read"), rows, empty="Nothing was ranked.")
    console().print()
    gap = found.over_frequency
    console().print(f"Suitability over frequency: {gap.mean:+.2f} ({gap.low:+.2f} to {gap.high:+.2f}).")
    for log in found.logs:
        console().print(f"{log.log}: {len(log.automated)} of {log.tasks} tasks are done by software.", markup=False)
        for wrong in log.misranked[:5]:
            console().print(f"  {wrong.human} stands above {wrong.automated} by {wrong.by:.0f} points.", markup=False)
    if found.left_out:
        console().print(f"Left out, as all is done by one kind: {', '.join(found.left_out)}.", markup=False)
