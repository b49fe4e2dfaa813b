"""Which results a log cannot carry, decided from a few counts of it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.figures import per_cent
from core.trust.values import TIMES, Doubt, Result, Trust, Withheld

DAY = 86_400
_MOSTLY = 0.9  # from here on nearly all
_HALF = 0.5
_HARDLY = 0.1
NO_PERFORMERS = "No activity instance names its performer. Import the log again with --performer COLUMN."
NONE_COMPLETE = (
    "No case is known to be complete. Where the log does not say it, name the activities that end a case (`--ends`)."
)


def judge(counts: Mapping[str, Any]) -> Trust:
    """What a log with these counts (of `carrying`) can carry."""
    return Trust(withheld(counts), tuple(_doubts(counts)), counts["simulated"], counts["instances"])


def withheld(counts: Mapping[str, Any]) -> dict[Result, Withheld]:
    """The results that a log with these counts (of carrying.sql) cannot carry, each with the reason.

    A result that is not there can be carried. What is `below` some length only is withheld below it.
    """
    if not counts["instances"]:
        return dict.fromkeys(Result, Withheld("No case is left by these filters. Take a filter out."))
    found: dict[Result, Withheld] = {}
    for rule in (_times, _order, _people, _the_rest):
        for result, reason in rule(counts):
            found.setdefault(result, reason)
    return found


def _times(n: Mapping[str, Any]) -> Iterator[tuple[Result, Withheld]]:
    if not n["starts"]:
        yield Result.SERVICE_TIME, Withheld("The log has no starts: it does not say how long anything took.")
    elif n["starts"] < _HARDLY * n["instances"]:
        share = n["starts"] / n["instances"]
        yield Result.SERVICE_TIME, Withheld(f"Only {per_cent(share)} of activity instances have a start.")
    elif n["zero_services"] >= _MOSTLY * n["starts"]:
        share = n["zero_services"] / n["starts"]
        yield Result.SERVICE_TIME, Withheld(f"{per_cent(share)} of activity instances end in the moment they start.")
    if n["single_event_cases"] == n["cases"]:
        reason = "Every case has one activity instance: nothing lies between."
        yield Result.WAITING_TIME, Withheld(reason)
        if not n["starts"]:
            yield Result.CYCLE_TIME, Withheld(reason)
    if not n["complete_cases"]:
        yield Result.CYCLE_TIME, Withheld(NONE_COMPLETE)
        yield Result.THROUGHPUT, Withheld(NONE_COMPLETE)
    elif n["days"] < 2:
        yield Result.THROUGHPUT, Withheld("The log covers a single day.")
    # last, so that it hides no reason for which there is no figure at all
    if n["bare_dates"] >= _MOSTLY * n["instances"]:
        share = n["bare_dates"] / n["instances"]
        reason = f"{per_cent(share)} of ends are days without a time of day: nothing below a day can be told."
        for result in TIMES:
            yield result, Withheld(reason, DAY)


def _order(n: Mapping[str, Any]) -> Iterator[tuple[Result, Withheld]]:
    if not n["pairs"]:
        reason = "Every case has one activity instance: there is no order."
    elif n["tied"] >= _HALF * n["pairs"]:
        reason = (
            f"{per_cent(n['tied'] / n['pairs'])} of neighbouring activity instances have the same times: "
            "which came first is known only from the order of rows in the source."
        )
    else:
        return
    for result in (Result.ORDER, Result.VARIANTS, Result.HAND_OVERS):
        yield result, Withheld(reason)


def _people(n: Mapping[str, Any]) -> Iterator[tuple[Result, Withheld]]:
    if not n["performed"]:
        yield Result.PERFORMERS, Withheld(NO_PERFORMERS)
        yield Result.HAND_OVERS, Withheld(NO_PERFORMERS)
    elif n["performed"] < _HALF * n["instances"]:
        share = n["performed"] / n["instances"]
        yield Result.HAND_OVERS, Withheld(f"Only {per_cent(share)} of activity instances say who did them.")
    if n["label"]:
        for result in (Result.HAND_OVERS, Result.FOUR_EYES, Result.SHARED_WORK):
            yield result, Withheld(n["label"])
    elif n["performers"] == 1:
        yield Result.HAND_OVERS, Withheld("One performer did everything.")


def _the_rest(n: Mapping[str, Any]) -> Iterator[tuple[Result, Withheld]]:
    for result, count, reason in (
        (Result.SYSTEMS, n["in_systems"], "The log does not say in which system the work was done."),
        (Result.COST, n["costs"], "The log has no costs."),
        (Result.ERRORS, n["outcomes"], "The log does not say what ended in an error."),
        (Result.SLA, n["due"], "The log does not say when a case is due."),
    ):
        if not count:
            yield result, Withheld(reason)


def _doubts(n: Mapping[str, Any]) -> Iterator[Doubt]:
    of_cases = (Result.CYCLE_TIME, Result.THROUGHPUT, Result.COST, Result.ERRORS, Result.SLA)
    if n["unsound"]:
        rows, cases = _number(n["unsound"], "activity instance"), _number(n["unsound_cases"], "case")
        yield Doubt(
            (*TIMES, Result.THROUGHPUT, Result.SLA),
            f"{rows} in {cases} cannot be true (the end lies before the start, in the future, or years away from the "
            "rest): kept, and left out of times, rates and periods.",
        )
    if n["due_too_soon"]:
        cases = "1 case is" if n["due_too_soon"] == 1 else f"{n['due_too_soon']:,} cases are"
        words = f"{cases} due before the start, and missed it whatever was done: check the column of the due date."
        yield Doubt((Result.SLA,), words)
    if n.get("unseen"):
        yield Doubt(of_cases, n["unseen"])
    if n["told"] == "seen" and n["ends"] and (n["open_cases"] or n["unknown_cases"]):
        yield Doubt(of_cases, _seen(n["ends"]))
    if n["negative_costs"]:
        words = f"{_number(n['negative_costs'], 'cost')} below 0: a credit or a fault, and summed as it stands."
        yield Doubt((Result.COST,), words)
    if n["mixed_performers"]:
        words = f"{_number(n['mixed_performers'], 'performer')} did some work as one kind and some as another."
        yield Doubt((Result.PERFORMERS,), words)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _seen(ends: Sequence[tuple[str, float]]) -> str:
    """How complete cases were told from others, where nobody says it."""
    named = ", ".join(f"`{name}` ({per_cent(share)})" for name, share in ends[:3])
    more = f" and {len(ends) - 3:,} more" if len(ends) > 3 else ""
    return (
        f"Nobody says which cases are complete. Taken for it are those that end with {named}{more}: of old cases with "
        "that activity, the share that ended with it. Import with `--ends` to say otherwise."
    )
