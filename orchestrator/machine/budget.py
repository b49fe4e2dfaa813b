"""What a rule may cost. The evaluator cannot be stopped, so what could take long is refused before it is begun.

A rule is read as words. Walks through a list (`all`, `exists`, `exists_one`, `filter`, `map`) may not stand inside each
other, because their cost is the product of the lists. What one evaluation costs at most is then computed from the sizes
of the facts that the rule reads, in touches: looking at one value once. A touch takes about a quarter of a microsecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from core.errors import BadInput

MOST_CHARACTERS = 1000  # of a rule
MOST_WALKS = 8  # through lists, one after the other
MOST_DEPTH = 20  # brackets inside each other
MOST_PATTERN = 40  # characters of a pattern to match
MOST_TOUCHES = 100_000  # of one evaluation
FACTS = frozenset({"answers", "context", "rounds", "visits"})  # the names that a rule may use

_WALKS = frozenset({"all", "exists", "exists_one", "filter", "map"})
_COPIES = frozenset({"filter", "map"})  # what they have found so far is copied for every further entry
_MATCH, _CLASS = 1_500, 2_500  # touches that reading a pattern costs at most, and each of its classes
_TEXT = 64  # characters that cost a touch
_WORD = re.compile(
    r"""(?P<text>[rRbB]{0,2}(?:'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))"""
    r"|(?P<comment>//[^\n]*)|(?P<name>[A-Za-z_]\w*)|(?P<number>\d[\w.]*)|(?P<blank>\s+)|(?P<mark>.)",
    re.DOTALL,
)
_CLASSES = re.compile(r"\\[^.\\/+*?()\[\]{}|^$-]")


@dataclass
class RuleStretch:
    """A stretch of a rule that is evaluated as often as its walk has entries; the whole rule outside walks: once."""

    walk: str = ""  # `all`, `map` ...; empty: outside
    words: int = 0
    joins: int = 0  # `+` and entries of lists: each may hold a value once more
    patterns: int = 0  # touches that its patterns cost
    reads: list[tuple[str, ...]] = field(default_factory=list)  # ways into the facts, such as ("context", "amount")


@dataclass(frozen=True)
class Shape:
    """What the cost of a rule depends on."""

    parts: tuple[RuleStretch, ...]
    longest: int  # the most entries that a list written in the rule itself can have

    @property
    def reads(self) -> frozenset[tuple[str, ...]]:
        """All ways into the facts."""
        return frozenset(read for part in self.parts for read in part.reads)


@lru_cache(maxsize=1024)
def shape_of(rule: str) -> Shape:
    """The shape of `rule`. Raises BadInput where no facts, however small, would keep it within its budget."""
    if len(rule) > MOST_CHARACTERS:
        raise BadInput(
            f"The rule `{rule[:60]}...` has {len(rule):,} characters; at most {MOST_CHARACTERS:,} can be used."
        )
    parts = [RuleStretch()]
    open_: list[RuleStretch] = [parts[0]]  # the part that each open bracket belongs to
    words = [m for m in _WORD.finditer(rule) if m.lastgroup not in ("blank", "comment")]
    for place, word in enumerate(words):
        said, part = word[0], open_[-1]
        part.words += 1
        if said in ("(", "[", "{"):
            open_.append(_entered(rule, words, place, part, parts))
            if len(open_) > MOST_DEPTH:
                raise BadInput(f"The rule `{rule}` has more than {MOST_DEPTH} brackets inside each other.")
        elif said in (")", "]", "}") and len(open_) > 1:
            open_.pop()
        elif said in ("+", ","):
            part.joins += 1
        elif word.lastgroup == "name" and said in ("context", "answers") and not _is_member(words, place):
            part.reads.append((said, *_way(words, place)))
        elif said == "matches":
            part.patterns += _cost_of_pattern(rule, words, place)
    if len(parts) - 1 > MOST_WALKS:
        raise BadInput(
            f"The rule `{rule}` walks through lists {len(parts) - 1} times; at most {MOST_WALKS} can be used."
        )
    return Shape(tuple(parts), rule.count(",") + 1)


def pruned(rule: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of `facts` what `rule` reads, where it stands: the rest need not be handed over, and cannot cost anything."""
    found: dict[str, Any] = {name: {} for name in facts}
    for read in sorted(shape_of(rule).reads, key=len, reverse=True):  # what is read as a whole comes last
        at, value = found, facts
        for key in read[:-1]:
            inner = value.get(key)
            if not isinstance(inner, Mapping):
                break
            value, at = inner, at.setdefault(key, {})
        else:
            key = read[-1]
        if key in value:
            at[key] = value[key]
    return found


def check_cost(rule: str, facts: Mapping[str, Any]) -> None:
    """Raises BadInput where evaluating `rule` over `facts` (`context` and `answers`) could take too long."""
    shape = shape_of(rule)
    touches = _touches(shape, facts)
    if touches > MOST_TOUCHES:
        raise BadInput(
            f"The rule `{rule}` is over its budget: what it reads is too large for it (up to {touches:,} steps, "
            f"{MOST_TOUCHES:,} are allowed). Read less, or have a person decide."
        )


def _touches(shape: Shape, facts: Mapping[str, Any]) -> int:
    sizes = {read: _size(_found(facts, read)) for read in shape.reads}
    weight = sum(sizes[read].touches for part in shape.parts for read in part.reads)
    longest = max([shape.longest, *(size.longest for size in sizes.values())])
    outer, *walks = shape.parts
    total = outer.words + (1 + outer.joins) * weight + outer.patterns
    for part in walks:
        read = sum(sizes[read].touches for read in part.reads)  # as often as there are entries
        total += longest * (part.words + (1 + part.joins) * read + part.patterns) + weight * part.words
        if part.walk in _COPIES:
            total += longest * (longest // 8 + longest * read // 2 + weight // 2)
        if part.walk == "map":  # what comes after it walks through what it made
            weight = weight * part.joins + longest * (read + part.joins)
    return total


@dataclass(frozen=True)
class _Size:
    touches: int
    longest: int  # entries of the longest list or object in it


def _size(value: Any) -> _Size:
    """How much there is to look at in `value`, however deep it is."""
    touches = longest = 0
    left = [value]
    while left:
        part = left.pop()
        touches += 1
        if isinstance(part, str | bytes):
            touches += len(part) // _TEXT
        elif isinstance(part, Mapping):
            left += [*part, *part.values()]
            longest = max(longest, len(part))
        elif isinstance(part, list | tuple):
            left += part
            longest = max(longest, len(part))
    return _Size(touches, longest)


def _found(facts: Mapping[str, Any], read: tuple[str, ...]) -> Any:
    """What stands at the end of a way into the facts, as far as it can be followed."""
    value: Any = facts
    for key in read:
        if not isinstance(value, Mapping):
            return value
        value = value.get(key)
    return value


def _entered(
    rule: str, words: list[re.Match[str]], place: int, part: RuleStretch, parts: list[RuleStretch]
) -> RuleStretch:
    """The part inside the bracket at `place`. Raises BadInput for a walk inside a walk."""
    called = words[place - 1][0] if place else ""
    if words[place][0] != "(" or called not in _WALKS or not _is_member(words, place - 1):
        return part
    if part.walk:
        raise BadInput(
            f"The rule `{rule}` has `{called}` inside `{part.walk}`; lists are walked one after the other only."
        )
    inner = RuleStretch(called)
    parts.append(inner)
    return inner


def _is_member(words: list[re.Match[str]], place: int) -> bool:
    return place > 0 and words[place - 1][0] in (".", "?")


def _way(words: list[re.Match[str]], place: int) -> Iterator[str]:
    """The keys after the name at `place`: `.amount`, `["Check stock"]`; up to what is no plain key, or is called."""
    at = place + 1
    while at + 1 < len(words):
        mark, key = words[at][0], words[at + 1]
        if mark == "." and key.lastgroup == "name" and (at + 2 >= len(words) or words[at + 2][0] != "("):
            yield key[0]
            at += 2
        elif mark == "[" and key.lastgroup == "text" and at + 2 < len(words) and words[at + 2][0] == "]":
            plain = key[0]
            if "\\" in plain or plain[:1] not in "'\"" or plain.startswith(("'''", '"""')):
                return
            yield plain[1:-1]
            at += 3
        else:
            return


def _cost_of_pattern(rule: str, words: list[re.Match[str]], place: int) -> int:
    """What the pattern costs at each use, for it is read anew. Raises BadInput for one that may take long to read."""
    after = words[place + 1 : place + 4]
    written = [word for word in after if word.lastgroup == "text"]
    text = written[0][0] if written and after[-1][0] in (")", written[0][0]) else ""
    classes = len(_CLASSES.findall(text))
    if not text or len(text) > MOST_PATTERN or "{" in text or classes > 3:
        raise BadInput(
            f"The rule `{rule}` matches a pattern that may take long. Write a pattern of at most {MOST_PATTERN} "
            "characters in quotes, without counts in braces and with at most three classes such as `\\d`."
        )
    return _MATCH + _CLASS * classes
