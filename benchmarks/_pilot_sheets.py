"""Made-up sheets of pilots in four languages, with which pilots truly do the same work: from a seed, and messy.

Half a sheet is groups that do the same work in other words, a quarter works of which there is one pilot, a quarter
look-alikes: the same thing with other acts. Systems, departments and data tell little, as in real sheets.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks._pilot_words import Saying, Work, acts, done_to, things, works
from inventory.suggesting import NamedStep
from inventory.values import Pilot, PilotFacts, Status

MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
UNITS = ("Operations", "Finance", "Vertrieb", "Ressources humaines", "Almacén", "Legal", "IT", "Kundendienst", "Labor",
         "Achats", "Marketing", "Field North")  # fmt: skip
SYSTEMS = ("SAP", "Excel", "Mail", "SharePoint", "ServiceNow", "Jira")
RARE = ("Kestrel", "LabWare", "Amadeus", "Primavera", "Moodle", "iManage", "TMS 9", "Helix", "Sabre", "GeoMap")
DATA = ("documents", "pictures", "master data", "sensor readings", "customer data", "e-mails")
FRAMES = ("Trial: {}", "{} (proof of concept)", "Supports colleagues. {}", "Ziel: {}", "Objectif : {}", "This tool: {}")
ENDINGS = (" 2.0", " 2026", " (trial)", " pilot", " South", " II", " beta")


@dataclass(frozen=True)
class MadeSheet:
    """A made-up sheet."""

    pilots: tuple[Pilot, ...]
    truth: dict[int, str]  # pilot id to the work that it does


def make_sheet(seed: int, pilots: int = 150, half: str = "") -> MadeSheet:
    """A sheet of about `pilots` pilots whose words are those of one `half`, else of both."""
    draw = random.Random(f"sheet {seed} {half}")
    own = [w for w in works() if not half or w.half == half]
    draw.shuffle(own)
    said: list[tuple[str, Saying]] = []
    while len(said) < pilots / 2 and len(own) > 4:
        work = own.pop()
        said += [(work.key, s) for s in _some(draw, work.sayings, draw.choice((2, 2, 3, 3, 4, 5, 6)))]
    said += [(work.key, draw.choice(work.sayings)) for work in own[: pilots // 4]]
    kept = [t for h, t in things() if not half or h == half]
    while len(said) < pilots:
        thing = draw.choice(kept)
        for act in draw.sample(sorted(acts()), draw.randint(3, 5)):
            number = draw.choice((1, 1, 1, 2, 2, 3)) * max(1, pilots // 400)
            key = f"{act} {thing['en']}"
            if all(k != key for k, _ in said):
                said += [(key, s) for s in _some(draw, done_to(thing, act, draw.choice(UNITS)), number)]
    draw.shuffle(said)
    said = said[:pilots]
    systems = {key: draw.choice(RARE) for key, _ in said}
    made = tuple(_pilot(draw, n, saying, systems[key]) for n, (key, saying) in enumerate(said, 1))
    return MadeSheet(made, {n: key for n, (key, _) in enumerate(said, 1)})


def paraphrases(half: str = "") -> tuple[tuple[str, ...], tuple[tuple[NamedStep, int], ...]]:
    """Mined activities, and other names, with what else their pilots say, and the place of the activity meant."""
    own: Sequence[Work] = [w for w in works() if not half or w.half == half]
    mined: list[str] = [w.sayings[0].activity for w in own]
    asked: list[tuple[NamedStep, int]] = []
    for place, work in enumerate(own):
        asked += [(_asked(s), place) for s in work.sayings[1:]]
    draw = random.Random(f"paraphrases {half}")
    for thing in (t for h, t in things() if not half or h == half):
        for act in draw.sample(sorted(acts()), 3):
            ways = done_to(thing, act, "")
            asked += [(_asked(s), len(mined)) for s in draw.sample(ways[1:], 2)]
            mined.append(ways[0].activity)
    return tuple(mined), tuple(asked)


def _asked(saying: Saying) -> NamedStep:
    return NamedStep(saying.activity, f"{saying.name}. {saying.purpose}")


def _some(draw: random.Random, sayings: Sequence[Saying], number: int) -> list[Saying]:
    """`number` sayings, none twice before all were taken."""
    found: list[Saying] = []
    while len(found) < number:
        found += draw.sample(list(sayings), min(number - len(found), len(sayings)))
    return found


def _pilot(draw: random.Random, number: int, saying: Saying, rare: str) -> Pilot:
    name = _typo(draw, saying.name) if draw.random() < 0.08 else saying.name
    name += draw.choice(ENDINGS) if draw.random() < 0.3 else ""
    purpose = saying.purpose if draw.random() < 0.75 else None
    if purpose is not None and draw.random() < 0.25:
        purpose = draw.choice(FRAMES).format(purpose)
    activities = [_written(draw, saying.activity)] if draw.random() < 0.75 else []
    if activities and draw.random() < 0.06:
        activities.append("Reporting")
    systems = draw.sample(SYSTEMS, draw.choice((0, 1, 1, 2, 3)))
    chance = draw.random()
    systems += [rare] if chance < 0.2 else [draw.choice(RARE)] if chance < 0.3 else []
    facts = PilotFacts(
        name=name, department=draw.choice(UNITS), reference=f"M{number:03}", status=draw.choice(list(Status)[:4]),
        purpose=purpose, activities=tuple(activities), systems=tuple(systems),
        data=(draw.choice(DATA),) if draw.random() < 0.5 else (),
        monthly_cost=float(draw.randint(100, 4000)), currency="EUR", users=draw.randint(3, 80),
    )  # fmt: skip
    return Pilot(number, facts, 1, "", MOMENT, "made", MOMENT, "made")


def _written(draw: random.Random, text: str) -> str:
    chance = draw.random()
    return text.upper() if chance < 0.07 else text.replace(" ", "_") if chance < 0.14 else text


def _typo(draw: random.Random, text: str) -> str:
    place = draw.randrange(max(len(text) - 1, 1))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
