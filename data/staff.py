"""Who works in the sample: people with working hours, grouped in pools, and the systems that do steps by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.hours import HOUR, MINUTE, Shift

EARLY = Shift(begin=6 * HOUR + 30 * MINUTE, end=15 * HOUR, pause=11 * HOUR)
LATE = Shift(begin=9 * HOUR, end=18 * HOUR, pause=13 * HOUR)
OFFICE = Shift()
PART_TIME = Shift(end=13 * HOUR, pause=11 * HOUR + 30 * MINUTE)
THREE_DAYS = Shift(weekdays=frozenset({0, 1, 3}))


@dataclass(frozen=True)
class Performer:
    """Somebody or something that does steps."""

    name: str
    pool: str
    shift: Shift = OFFICE  # without meaning for a system, which works at any time
    hourly_cost: float = 0.0
    kind: str = "human"


DEPARTMENTS = ("Production", "Maintenance", "Laboratory", "IT", "Logistics", "Facilities")

_REQUESTERS = {
    "Production": ("Ilse Vandoorn", "Marek Zielny"),
    "Maintenance": ("Dagny Holmquist", "Rui Carvalhal"),
    "Laboratory": ("Noor el Khatib", "Tobias Weidner"),
    "IT": ("Femke Rosier", "Sami Laukkanen"),
    "Logistics": ("Bruna Altieri", "Jonas Pfeil"),
    "Facilities": ("Oksana Hrynko", "Piet Marais"),
}
_BUDGET_OWNERS = {
    "Production": "Hedda Brinkhaus",
    "Maintenance": "Alvaro Quintela",
    "Laboratory": "Dr. Mirjam Oster",
    "IT": "Kaspar Lindqvist",
    "Logistics": "Renata Sobczyk",
    "Facilities": "Gerlinde Pohl",
}


def requesters(department: str) -> str:
    """The pool of those who ask for goods in this department."""
    return f"requesters of {department}"


def budget_owner(department: str) -> str:
    """The pool, of one, that answers for this department's budget."""
    return f"budget owner of {department}"


BUYERS, LEADS, HEAD, WAREHOUSE, QUALITY, PAYABLES = (
    "buyers",
    "purchasing leads",
    "head of procurement",
    "warehouse",
    "quality inspectors",
    "accounts payable",
)
BUDGET_CONTROL, PORTAL, INVOICE_MATCH, PAYMENT_RUN = (
    "ERP budget control",
    "Supplier portal robot",
    "ERP invoice match",
    "ERP payment run",
)


def _people(pool: str, hourly_cost: float, **shifts: Shift) -> tuple[Performer, ...]:
    return tuple(Performer(name.replace("_", " "), pool, shift, hourly_cost) for name, shift in shifts.items())


def everyone() -> tuple[Performer, ...]:
    """All performers of the sample."""
    asking = [
        Performer(n, requesters(d), LATE if d == "IT" else OFFICE, 41.0) for d, ns in _REQUESTERS.items() for n in ns
    ]
    owning = [Performer(n, budget_owner(d), OFFICE, 72.0) for d, n in _BUDGET_OWNERS.items()]
    often_away = Shift(
        begin=9 * HOUR,
        weekdays=frozenset({0, 2, 3}),
        away=((date(2025, 3, 3), date(2025, 3, 14)), (date(2025, 8, 4), date(2025, 8, 22))),
    )
    buying = (
        *_people(
            BUYERS,
            48.0,
            Lotte_Averink=OFFICE,
            Emil_Karlstad=EARLY,
            Chiara_Venturi=LATE,
            Hamza_Demirel=OFFICE,
            Silke_Obermann=PART_TIME,
        ),
        *_people(LEADS, 63.0, Anneke_Terhorst=OFFICE, Viktor_Salonen=THREE_DAYS),
        *_people(HEAD, 96.0, Philippe_Grandmont=often_away),
    )
    receiving = (
        *_people(WAREHOUSE, 34.0, Joost_Klaver=EARLY, Beatriz_Nunes=EARLY, Milan_Hradek=OFFICE),
        *_people(QUALITY, 46.0, Astrid_Fjellheim=OFFICE, Tomasz_Wrobel=PART_TIME),
        *_people(PAYABLES, 42.0, Ursula_Kessler=OFFICE, Dario_Montefalco=OFFICE, Yara_Haddad=PART_TIME),
    )
    names = (BUDGET_CONTROL, PORTAL, INVOICE_MATCH, PAYMENT_RUN)
    systems = tuple(Performer(name, name, kind="system") for name in names)
    return (*asking, *owning, *buying, *receiving, *systems)
