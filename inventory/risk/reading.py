"""Rules read from files: those that come with Tandem, and the organisation's own in its home.

A file is TOML:

    off = ["no_sponsor"]                    # in the home: rules that do not count here
    [words.health]                          # a list of words, by language; files add to each other's lists
    en = ["health*", "sick leave"]
    [[rule]]
    id = "no_owner"
    severity = "medium"                     # low, medium, high or critical
    text = "Every pilot has an owner who answers for it."
    wrong = "It has no owner."
    do = "Name one."
    when = {field = "owner", empty = true}  # see conditions.py
    source = "Where it comes from."         # may be left out
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from core.errors import BadInput
from core.workspace import Workspace
from inventory.risk.conditions import read_condition
from inventory.risk.values import RiskRule, RiskSeverity

OWN_RULES = "risk_rules"  # folder of the home
_ID = re.compile(r"^[a-z][a-z0-9_]{1,59}$")
_SAID = ("text", "wrong", "do")
_KEYS = {"id", "severity", "when", "source", *_SAID}
_LARGEST = 1_000_000  # bytes of a file


@dataclass(frozen=True)
class RuleSet:
    """The rules that count here."""

    rules: tuple[RiskRule, ...]
    off: tuple[str, ...]  # rules that come with Tandem and were switched off
    folder: Path  # where the organisation's own files may lie


def rules_of(ws: Workspace) -> RuleSet:
    """The rules that count in the home of `ws`. Raises BadInput with every problem of its files at once."""
    folder = ws.settings.home / OWN_RULES
    own = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not own:
        return RuleSet(shipped_rules(), (), folder)
    problems: list[str] = []
    texts = {f"{OWN_RULES}/{path.name}": _text(path, problems) for path in own}
    found, off = read_rules({**_shipped_texts(), **texts}, problems)
    if problems:
        raise BadInput(f"The risk rules in `{folder}` cannot be used; mend these files.", problems=problems)
    return RuleSet(found, off, folder)


@cache
def shipped_rules() -> tuple[RiskRule, ...]:
    """The rules that come with Tandem."""
    problems: list[str] = []
    found, _ = read_rules(_shipped_texts(), problems)
    if problems:
        raise RuntimeError("\n".join(problems))
    return found


@cache
def _shipped_texts() -> Mapping[str, str]:
    here = [file for file in files("inventory.risk.rules").iterdir() if file.name.endswith(".toml")]
    return {file.name: file.read_text("utf-8") for file in sorted(here, key=lambda file: file.name)}


def _text(path: Path, problems: list[str]) -> str:
    name = f"{OWN_RULES}/{path.name}"
    try:
        if path.stat().st_size > _LARGEST:
            problems.append(f"{name}: has more than {_LARGEST:,} bytes.")
            return ""
        return path.read_text("utf-8")
    except OSError as error:
        problems.append(f"{name}: cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        problems.append(f"{name}: is not written in UTF-8.")
    return ""


def read_rules(texts: Mapping[str, str], problems: list[str]) -> tuple[tuple[RiskRule, ...], tuple[str, ...]]:
    """The rules in `texts` by name of their file, without those that files switch off, and the ids of these.

    What is wrong is added to `problems`, each with file and rule.
    """
    read = {name: _toml(name, text, problems) for name, text in texts.items()}
    lists = _word_lists(read, problems)
    rules: dict[str, RiskRule] = {}
    off: list[tuple[str, str]] = []
    for name, content in read.items():
        for key in content.keys() - {"rule", "words", "off"}:
            problems.append(f"{name}: `{key}` means nothing; a file has `rule`, `words` and `off`.")
        off += [(name, str(one)) for one in _list(content.get("off", []), f"{name}: `off`", problems)]
        for number, said in enumerate(_list(content.get("rule", []), f"{name}: `rule`", problems), 1):
            rule = _rule(name, number, said, lists, problems)
            if rule is None:
                continue
            if rule.id in rules:
                problems.append(f"{name}: there is a rule `{rule.id}` in {rules[rule.id].file} already.")
            rules.setdefault(rule.id, rule)
    for name, one in off:
        if one not in rules:
            problems.append(f"{name}: `off` names `{one}`, and there is no such rule.")
    gone = {one for _, one in off}
    return tuple(rule for rule in rules.values() if rule.id not in gone), tuple(sorted(gone))


def _toml(name: str, text: str, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(f"{name}: is no TOML: {error}.")
        return {}


def _word_lists(read: Mapping[str, Mapping[str, Any]], problems: list[str]) -> dict[str, list[str]]:
    lists: defaultdict[str, list[str]] = defaultdict(list)
    for name, content in read.items():
        said = content.get("words", {})
        for key, languages in said.items() if isinstance(said, dict) else [("", said)]:
            if not isinstance(languages, dict) or not all(
                isinstance(words, list) and all(isinstance(word, str) for word in words) for words in languages.values()
            ):
                problems.append(f"{name}: `words.{key}` needs lists of words by language, such as `en = [...]`.")
                continue
            lists[key] += [word for words in languages.values() for word in words]
    return dict(lists)


def _rule(
    name: str, number: int, said: Any, lists: Mapping[str, Sequence[str]], problems: list[str]
) -> RiskRule | None:
    if not isinstance(said, dict):
        problems.append(f"{name}: rule {number} is no table; write `[[rule]]`.")
        return None
    ident = said.get("id")
    where = f"{name}: rule `{ident}`" if isinstance(ident, str) else f"{name}: rule {number}"
    wrong: list[str] = []
    if not isinstance(ident, str) or not _ID.match(ident):
        wrong.append("`id` needs 2 to 60 small letters, digits and `_`, a letter first")
    if said.get("severity") not in [s.value for s in RiskSeverity]:
        wrong.append(f"`severity` is one of {', '.join(f'`{s}`' for s in RiskSeverity)}, not `{said.get('severity')}`")
    wrong += [f"`{key}` needs a text" for key in _SAID if not _is_text(said.get(key))]
    if "source" in said and not _is_text(said["source"]):
        wrong.append("`source` needs a text")
    wrong += [f"`{key}` means nothing" for key in said if key not in _KEYS]
    if "when" not in said:
        wrong.append("`when` is missing: the condition that a pilot which breaks it fits")
    condition = read_condition(said["when"], lists, wrong) if "when" in said else None
    problems += [f"{where}: {why}." for why in wrong]
    if wrong or condition is None:
        return None
    return RiskRule(
        str(ident), RiskSeverity(said["severity"]), said["text"].strip(), said["wrong"].strip(), said["do"].strip(),
        condition, name, said.get("source"),
    )  # fmt: skip


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _list(value: Any, what: str, problems: list[str]) -> list[Any]:
    if isinstance(value, list):
        return value
    problems.append(f"{what} is no list.")
    return []
