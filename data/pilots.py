"""The sample sheet of pilots: who tries what, what it costs, and what it is said to bring."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.draws import Draws
from data.pilot_ideas import IDEAS, Idea

SEED = 20_260_106
VENDORS = {
    "large language model": ("Lexwerk AI", "Parlance Systems"),
    "document extraction": ("Scanwise BV", "Parlance Systems"),
    "computer vision": ("Oculon Technik",),
    "embeddings": ("in-house",),
    "optimisation": ("Tourenkraft GmbH", "in-house"),
    "gradient boosting": ("in-house",),
    "rules": ("in-house",),
    "matching": ("Veritab Screening",),
}
COLUMNS = (
    "reference",
    "name",
    "department",
    "owner",
    "sponsor",
    "status",
    "purpose",
    "activities",
    "systems",
    "data",
    "data_sensitivity",
    "vendor",
    "model",
    "started",
    "monthly_cost",
    "currency",
    "monthly_benefit",
    "users",
    "human_review",
    "autonomy_level",
)


@dataclass(frozen=True)
class SamplePilot:
    """One line of the sheet."""

    reference: str
    idea: Idea
    vendor: str
    started: date | None  # nothing that is still an idea has started
    monthly_cost: int  # EUR
    monthly_benefit: int | None  # EUR as claimed; nobody has worked out every one
    users: int


def generate(seed: int = SEED) -> tuple[SamplePilot, ...]:
    """The 24 pilots. The same seed gives the same sheet."""
    return tuple(_pilot(n, idea, Draws(seed, n)) for n, idea in enumerate(IDEAS, start=1))


def _pilot(number: int, idea: Idea, draws: Draws) -> SamplePilot:
    running = idea.status != "idea"
    cost = round(draws.around(1_400 if idea.status == "production" else 600, 0.6) / 10) * 10 if running else 0
    benefit = round(cost * draws.between(0.4, 4.0) / 50) * 50
    return SamplePilot(
        reference=f"P-{number:03d}",
        idea=idea,
        vendor=draws.pick(VENDORS[idea.model]),
        started=date(2025, 2, 3) + timedelta(days=int(draws.between(0, 480))) if running else None,
        monthly_cost=cost,
        monthly_benefit=benefit if running and draws.chance(0.75) else None,
        users=int(draws.between(2, 40)) if running and idea.status != "stopped" else 0,
    )


def row(pilot: SamplePilot) -> tuple[str, ...]:
    """One line of the file, in the order of `COLUMNS`."""
    idea = pilot.idea
    return (
        pilot.reference,
        idea.name,
        idea.department,
        idea.owner,
        idea.sponsor,
        idea.status,
        idea.purpose,
        "; ".join(idea.activities),
        "; ".join(idea.systems),
        "; ".join(idea.data),
        idea.sensitivity,
        pilot.vendor,
        idea.model,
        pilot.started.isoformat() if pilot.started else "",
        str(pilot.monthly_cost),
        "EUR",
        "" if pilot.monthly_benefit is None else str(pilot.monthly_benefit),
        str(pilot.users),
        idea.review,
        idea.autonomy,
    )


def to_csv(pilots: Sequence[SamplePilot]) -> bytes:
    """The sheet as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(row, pilots))
    return text.getvalue().encode("utf-8")
