"""What rework takes: activity instances beyond the first of their activity in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.figures import per_cent
from mining.performance.timing import ask, names_of
from mining.performance.values import ENOUGH, ActivityRework, Carries, Group, Rework, TimesBy

if TYPE_CHECKING:
    import duckdb


def rework(connection: duckdb.DuckDBPyConnection, carries: Carries) -> Rework:
    """The rework of every activity, the dearest first: by cost where the log tells it, else by service, else by count.

    A total of cost (or service) is told when at least 80 % of the rework has one; it adds up what is known and
    estimates nothing. That cases with rework take longer does not say that the rework is why.
    """
    found = ask(connection, "rework")
    names = names_of(connection, TimesBy.ACTIVITY)
    rows = [_activity(names[number], *rest) for number, *rest in found]
    total = sum(row[1] for row in found)
    groups = {marked: Group(*rest) for marked, *rest in ask(connection, "rework_cases")}
    service, why_no_service = _told(found, 4, total, carries.start_share, "starts, so no service time", "a start")
    cost, why_no_cost = _told(found, 7, total, carries.cost_share, "costs", "a cost")
    instances = connection.execute("SELECT count(*) FROM timed").fetchone() or (0,)
    return Rework(
        rows=tuple(sorted(rows, key=_dearness)),
        count=total,
        share=total / instances[0] if instances[0] else 0.0,
        service=service,
        service_withheld=why_no_service,
        cost=cost,
        cost_withheld=why_no_cost,
        with_rework=groups.get(True, Group(0, None, None)),
        without_rework=groups.get(False, Group(0, None, None)),
        carries=carries,
    )


def _told(
    found: list[tuple[Any, ...]], at: int, total: int, share: float, what: str, one: str
) -> tuple[float | None, str | None]:
    """The sum of column `at`, whose known values stand in the next; or None and why."""
    known = sum(row[at + 1] for row in found)
    if share == 0:
        return None, f"The log has no {what}."
    if total and known / total < ENOUGH:
        return (
            None,
            f"Only {per_cent(known / total)} of the rework has {one}: a total would speak for what is not known.",
        )
    return sum(row[at] or 0.0 for row in found), None


def _activity(
    name: str,
    count: int,
    cases: int,
    instances: int,
    service: float | None,
    serviced: int,
    waiting: float | None,
    cost: float | None,
    costed: int,
) -> ActivityRework:
    return ActivityRework(
        activity=name,
        count=count,
        cases=cases,
        share=count / instances,
        service=service if serviced / count >= ENOUGH else None,
        waiting=waiting,
        cost=cost if costed / count >= ENOUGH else None,
    )


def _dearness(row: ActivityRework) -> tuple[float, float, int, str]:
    return (-(row.cost or 0.0), -(row.service or 0.0), -row.count, row.activity)
