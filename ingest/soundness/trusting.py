"""Which results a log cannot carry, decided from a few counts of it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.soundness.values import Result, Withheld

DAY = 86_400
_MOSTLY = 0.9  # from here on nearly all
_HALF = 0.5
_HARDLY = 0.1


def withheld(counts: Mapping[str, int]) -> dict[Result, Withheld]:
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


def _times(n: Mapping[str, int]) -> Iterator[tuple[Result, Withheld]]:
    if not n["starts"]:
        yield Result.SERVICE_TIME, Withheld("The log has no starts: it does not say how long anything took.")
    elif n["starts"] < _HARDLY * n["instances"]:
        share = n["starts"] / n["instances"]
        yield Result.SERVICE_TIME, Withheld(f"Only {share:.1%} of activity instances have a start.")
    elif n["zero_services"] >= _MOSTLY * n["starts"]:
        share = n["zero_services"] / n["starts"]
        yield Result.SERVICE_TIME, Withheld(f"{share:.1%} of activity instances end in the moment they start.")
    if n["single_event_cases"] == n["cases"]:
        reason = "Every case has one activity instance: nothing lies between."
        yield Result.WAITING_TIME, Withheld(reason)
        if not n["starts"]:
            yield Result.CYCLE_TIME, Withheld(reason)
    if not n["complete_cases"]:
        yield Result.CYCLE_TIME, Withheld("No case is complete.")
        yield Result.THROUGHPUT, Withheld("No case is complete.")
    elif n["days"] < 2:
        yield Result.THROUGHPUT, Withheld("The log covers a single day.")
    # last, so that it hides no reason for which there is no figure at all
    if n["bare_dates"] >= _MOSTLY * n["instances"]:
        share = n["bare_dates"] / n["instances"]
        reason = f"{share:.1%} of ends are days without a time of day: nothing below a day can be told."
        for result in (Result.WAITING_TIME, Result.CYCLE_TIME, Result.SERVICE_TIME):
            yield result, Withheld(reason, DAY)


def _order(n: Mapping[str, int]) -> Iterator[tuple[Result, Withheld]]:
    if not n["pairs"]:
        reason = "Every case has one activity instance: there is no order."
    elif n["tied"] >= _HALF * n["pairs"]:
        reason = (
            f"{n['tied'] / n['pairs']:.1%} of neighbouring activity instances have the same times: "
            "which came first is known only from the order of rows in the source."
        )
    else:
        return
    for result in (Result.ORDER, Result.VARIANTS, Result.HAND_OVERS):
        yield result, Withheld(reason)


def _people(n: Mapping[str, int]) -> Iterator[tuple[Result, Withheld]]:
    if not n["performed"]:
        reason = "The log does not say who did the work."
        yield Result.PERFORMERS, Withheld(reason)
        yield Result.HAND_OVERS, Withheld(reason)
    elif n["performed"] < _HALF * n["instances"]:
        share = n["performed"] / n["instances"]
        yield Result.HAND_OVERS, Withheld(f"Only {share:.1%} of activity instances say who did them.")
    elif n["performers"] == 1:
        yield Result.HAND_OVERS, Withheld("One performer did everything.")


def _the_rest(n: Mapping[str, int]) -> Iterator[tuple[Result, Withheld]]:
    for result, count, reason in (
        (Result.SYSTEMS, n["in_systems"], "The log does not say in which system the work was done."),
        (Result.COST, n["costs"], "The log has no costs."),
        (Result.ERRORS, n["outcomes"], "The log does not say what ended in an error."),
        (Result.SLA, n["due"], "The log does not say when a case is due."),
    ):
        if not count:
            yield result, Withheld(reason)
