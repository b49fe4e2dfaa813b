"""What the name of an activity says: who does it, whether it binds, whether hands are needed. Object and verb apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mining.allocation.naming.words import NamedWord, find, tokens

_BEFORE_NAMED = ("to", "for", "te", "zu", "zur", "zum", "um", "de", "pour", "para", "voor", "of", "von", "van", "del")
_BESIDE_MARKS = (*_BEFORE_NAMED, "the", "het", "der", "des", "du", "la", "el")


@dataclass(frozen=True)
class NameReading:
    """What a name says; each field the word that says it, None where none does. Nothing of it is measured."""

    milestone: str | None = None  # it marks a moment or a state: nobody works on it
    happens_outside: bool = False  # a milestone of the world, such as the end of a trip, and no mark of a tool
    outside: str | None = None  # who of outside does it, or asks by it
    submits: str | None = None  # somebody hands something in
    consequence: str | None = None  # it binds, pays, refuses, ends or takes away
    sent: str | None = None  # it leaves the house
    harmless: str | None = None  # it reads, compares, drafts or writes down
    clerical: tuple[str, ...] = ()
    judgement: tuple[str, ...] = ()
    physical: str | None = None
    information: str | None = None  # its object is data, a document or a message
    sensitive: str | None = None


@cache
def read_name(name: str) -> NameReading:
    """What `name` says about the task."""
    words = tokens(name)
    mark, out_there = _milestone(words)
    return NameReading(
        milestone=mark,
        happens_outside=out_there,
        outside=_outside(words),
        submits=_first(find("submits", words)),
        consequence=_consequence(words),
        sent=_first(find("sent", words)),
        harmless=_first(find("harmless", words)),
        clerical=tuple(f.text for f in find("clerical", words)),
        judgement=tuple(f.text for f in find("judgement", words)),
        physical=_first(find("physical", words)),
        information=_first(find("information", words)),
        sensitive=_first(find("sensitive", words)),
    )


def _first(found: tuple[NamedWord, ...]) -> str | None:
    return found[0].text if found else None


def _milestone(words: tuple[str, ...]) -> tuple[str | None, bool]:
    """The word that makes the name a milestone, and whether that is one of the world."""
    marks = {f.at for f in find("marker", words)}
    words = tuple(word for at, word in enumerate(words) if at in marks or word not in _BESIDE_MARKS)
    marks = {f.at for f in find("marker", words)}
    if not words or not marks:
        return None, False
    first = words[min(marks)]
    if len(marks) == len(words):
        return first, False
    moments = {f.at for f in find("moment", words)}
    return (first, True) if moments and marks | moments == set(range(len(words))) else (None, False)


def _outside(words: tuple[str, ...]) -> str | None:
    """Who of outside does it: named as its doer ("... by customer"), or first in the name before what they do."""
    parties, asking = find("outside_party", words), find("asking", words)
    requesters = find("requester", words) if asking else ()
    after_by = {f.at + 1 for f in find("by", words)}
    for party in (*parties, *requesters):
        if party.at in after_by:
            return party.text
    acts = [*asking, *find("consequence_verb", words)]
    first = next((p for p in parties if p.at == 0), None)
    return first.text if first and any(f.at == first.length for f in acts) else None


def _consequence(words: tuple[str, ...]) -> str | None:
    """The word that hints at a consequence.

    A verb such as "approve" does at any place, unless it is what is asked for ("request to approve"). A thing such as
    "payment" does where something is done with it, not where it is requested, received, checked or written down.
    """
    about, nouns = find("about", words), find("consequence_noun", words)
    things = {noun.at for noun in nouns}  # "cancellation" begins as the verb does, and is the thing
    for verb in find("consequence_verb", words):
        asked = any(a.at < verb.at and _named_before(words, verb.at) for a in about)
        if not asked and verb.at not in things:
            return verb.text
    apart = [a for a in about if a.at not in things]
    return nouns[0].text if nouns and not apart else None


def _named_before(words: tuple[str, ...], at: int) -> bool:
    return at > 0 and words[at - 1] in _BEFORE_NAMED
