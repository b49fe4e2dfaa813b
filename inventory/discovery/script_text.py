"""JavaScript and TypeScript as text: what is imported, and what stands in the brackets of a call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_PART = re.compile(  # a text or a comment; one that nobody closed goes on to the end
    r"\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?|`(?:\\.|[^`\\])*`?|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?", re.DOTALL
)
_FROM = re.compile(r"\bimport\s(?!\s*type\b)([\w$\s{},*]{1,600}?)\sfrom\s{0,20}[\"']([^\"'\n]{1,200})[\"']")
_REQUIRED = re.compile(
    r"\b(?:const|let|var)\s{1,20}(\{[^}]{0,1000}\}|[\w$]{1,100})\s{0,20}=\s{0,20}(?:await\s{1,20})?"
    r"(?:require|import)\(\s{0,20}[\"']([^\"'\n]{1,200})[\"']"
)
_BARE = re.compile(r"\bimport\s{0,20}[\"']([^\"'\n]{1,200})[\"']")
_FIELD = re.compile(r"([A-Za-z_$][\w$]*)\s*:\s*")
_LONGEST = 8_000  # characters of one call that are looked at
_MOST = 200


def without_comments(text: str) -> str:
    """`text` with comments blanked out; lines stay where they are."""
    return _PART.sub(lambda t: re.sub(r"[^\n]", " ", t[0]) if t[0][0] == "/" else t[0], text)


def imported(text: str) -> Mapping[str, str]:
    """The module of each imported name, written as the module calls it, ` as ` what it is called here."""
    found: dict[str, str] = {}
    for names, module in (*_FROM.findall(text), *_REQUIRED.findall(text)):
        for name in re.split(r"[{},]", names):
            parts = re.split(r"\s+as\s+|\s*:\s*", name.strip())
            if parts[0] and not parts[0].startswith("type "):
                found[" as ".join(parts[:2])] = module
    for module in _BARE.findall(text):
        found[f"({module})"] = module
    return found


def calls_of(text: str, names: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Each call of one of the imported `names`: its name in the module, where it stands, what is in its brackets."""
    for name in names:
        written, _, here = name.partition(" as ")
        called = rf"(?<![\w$.]){re.escape(here or written)}\s{{0,20}}(?:<[^<>(){{}}]{{0,200}}>)?\s{{0,20}}\("
        for number, found in enumerate(re.finditer(called, text)):
            if number >= _MOST:
                return
            if not re.search(r"\bfunction\s+$|\bclass\s+$", text[max(0, found.start() - 12) : found.start()]):
                yield written, found.start(), bracketed(text, found.end() - 1)


def bracketed(text: str, start: int) -> str:
    """What stands between the bracket at `start` and the one that closes it, texts in it not counted as brackets."""
    depth, place, end = 0, start, min(len(text), start + _LONGEST)
    while place < end:
        sign = text[place]
        if sign in "\"'`":
            literal = _PART.match(text, place)
            place = literal.end() if literal else place + 1
            continue
        depth += (sign in "([{") - (sign in ")]}")
        if depth <= 0:
            return text[start + 1 : place]
        place += 1
    return text[start + 1 : end]


def fields_of(inside: str) -> Mapping[str, str]:
    """The fields of the objects that are written in the brackets of a call, as they stand, the first of a name."""
    found: dict[str, str] = {}
    place = 0
    while (match := _FIELD.search(inside, place)) and len(found) < 100:
        value = _value(inside, match.end())
        found.setdefault(match[1], value.strip())
        place = match.end() if value.lstrip().startswith("{") else match.end() + max(1, len(value))
    for name in re.findall(r"(?:^|[{,])\s*(tools|model|instructions|name)\s*(?=[,}])", inside):
        found.setdefault(name, name)  # { tools, model }
    return found


def _value(text: str, start: int) -> str:
    depth, place = 0, start
    while place < len(text):
        sign = text[place]
        if sign in "\"'`":
            literal = _PART.match(text, place)
            place = literal.end() if literal else place + 1
            continue
        if depth == 0 and sign in ",;)]}":
            break
        depth += (sign in "([{") - (sign in ")]}")
        place += 1
    return text[start:place]


def literal_of(value: str) -> str:
    """The text that a value is; what is put into it is `…`. Empty where it is no text."""
    match = _PART.match(value)
    if match is None or match[0][0] == "/":
        return ""
    return re.sub(r"\$\{[^}]*\}", "…", match[0][1:-1]).replace("\\n", " ")
