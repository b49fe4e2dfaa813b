"""The words that made-up pilots are written in: kinds of work in several sayings, things and what is done to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")


@dataclass(frozen=True)
class Saying:
    """One way to say a kind of work."""

    language: str
    name: str
    activity: str
    purpose: str


@dataclass(frozen=True)
class Work:
    """A kind of work in all its sayings."""

    key: str
    half: str  # "a" or "b": trades that have nothing in common
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Doing:
    """An act in one language."""

    to_do: str
    does: str
    doing: str


@cache
def works() -> tuple[Work, ...]:
    """Every kind of work of `pilot_work.txt`."""
    found: list[tuple[str, str, list[Saying]]] = []
    for line in _lines("pilot_work.txt"):
        if line.startswith("= "):
            key, half = line[2:].split()
            found.append((key, half, []))
        else:
            language, name, activity, purpose = (part.strip() for part in line.split("|"))
            found[-1][2].append(Saying(language, name, activity, purpose))
    return tuple(Work(key, half, tuple(sayings)) for key, half, sayings in found)


@cache
def things() -> tuple[tuple[str, dict[str, str]], ...]:
    """Half and name by language of every thing of `pilot_things.txt`; `ens` is the English plural."""
    rows = [line.removeprefix("thing ").split("|") for line in _lines("pilot_things.txt") if line.startswith("thing ")]
    names = ("half", "en", "ens", "de", "fr", "es")
    return tuple(
        (row["half"], row) for row in (dict(zip(names, (p.strip() for p in parts), strict=True)) for parts in rows)
    )


@cache
def acts() -> dict[str, dict[str, tuple[Doing, ...]]]:
    """Every act, by key and language, in one or more words."""
    found: dict[str, dict[str, list[Doing]]] = defaultdict(lambda: defaultdict(list))
    for line in _lines("pilot_things.txt"):
        if line.startswith("act "):
            key, language, *words = (part.strip() for part in line.removeprefix("act ").split("|"))
            found[key][language].append(Doing(*words))
    return {key: {language: tuple(said) for language, said in by.items()} for key, by in found.items()}


def done_to(thing: dict[str, str], act: str, department: str) -> tuple[Saying, ...]:
    """Every way to say that `act` is done to `thing`, the first of each language first."""
    made = []
    for language, ways in acts()[act].items():
        noun = thing[language]
        for way in ways:
            if language == "en":
                name, activity = f"{noun.capitalize()} {way.doing}", f"{way.to_do.capitalize()} {noun}"
                purpose = f"{way.does.capitalize()} {thing['ens']} of {department}"
            else:
                name, activity = f"{way.doing} {noun}", f"{way.to_do.capitalize()} {noun}"
                activity = f"{noun} {way.to_do}" if language == "de" else activity
                purpose = f"{way.does.capitalize()} {noun}, {department}"
            made.append(Saying(language, name, activity, purpose))
            made.append(
                Saying(language, name, activity, f"{thing['ens' if language == 'en' else language]}: {department}")
            )
    return tuple(made)


def _lines(file: str) -> list[str]:
    text = (HERE / file).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
