"""The sample event log: 1,000 purchases of an invented company, from requisition to payment."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from data.draws import Draws
from data.hours import with_offset
from data.office import DoneStep, Office
from data.orders import orders
from data.staff import everyone

SEED = 20_260_105
CASES = 1_000
COLUMNS = (
    "case_id",
    "activity",
    "start",
    "end",
    "performer",
    "performer_kind",
    "system",
    "cost",
    "outcome",
    "due",
    "department",
    "category",
    "vendor",
    "amount",
    "currency",
    "priority",
)
SYSTEM_STEP_COST = 0.12  # EUR for a step that a system does


def generate(cases: int = CASES, seed: int = SEED) -> list[DoneStep]:
    """Every activity instance of `cases` purchases, sorted by its start. The same seed gives the same log."""
    return Office(everyone(), Draws(seed, "office")).work(orders(cases, seed), seed)


def cost(done: DoneStep) -> float:
    """What the activity instance cost, EUR: the performer's time, or a fixed sum for a system."""
    if done.performer.kind == "system":
        return SYSTEM_STEP_COST
    return round(done.performer.hourly_cost * (done.end - done.start) / 3600, 2)


def row(done: DoneStep) -> tuple[str, ...]:
    """One line of the file, in the order of `COLUMNS`."""
    order = done.order
    return (
        order.case_id,
        done.step.activity,
        with_offset(done.start).isoformat(),
        with_offset(done.end).isoformat(),
        done.performer.name,
        done.performer.kind,
        done.step.system,
        f"{cost(done):.2f}",
        "error" if done.step.failed else "ok",
        with_offset(order.due).isoformat(),
        order.department,
        order.category.name,
        order.vendor,
        f"{order.amount:.2f}",
        "EUR",
        order.priority,
    )


def to_csv(log: Sequence[DoneStep]) -> bytes:
    """The log as CSV, case by case."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row(d) for d in sorted(log, key=lambda d: (d.order.case_id, d.start, d.end)))
    return text.getvalue().encode("utf-8")
