"""What docs/filters.md says can be used, can be used."""

from __future__ import annotations

import hashlib
import re
import typing
from pathlib import Path

import pytest

from core.selection import filters
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.cases import list_variants
from tests.builders import staged_log

DOCS = Path(__file__).parents[3] / "docs" / "filters.md"
TEXT = DOCS.read_text("utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)\n```", TEXT, re.DOTALL)
KINDS = {k.model_fields["kind"].default: k for k in typing.get_args(typing.get_args(filters.Filter)[0])}


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_filter(example: str) -> None:
    (found,) = Selection.parse(f"[{example}]").filters
    assert Selection.parse(Selection((found,)).text()).filters == (found,)


def test_every_kind_is_there_with_an_example_and_all_its_fields() -> None:
    shown = {Selection.parse(f"[{example}]").filters[0].kind for example in EXAMPLES}
    assert shown == set(KINDS)
    common = {"kind", "inverted", "disabled", "name"}
    assert all(f"| `{field}` |" in TEXT for field in common - {"kind"})
    for kind, model in KINDS.items():
        section = TEXT.split(f"**{kind}**:")[1].split("\n**")[0].split("\n## ")[0]
        assert [f for f in model.model_fields if f not in common and f"`{f}`" not in section] == []


@pytest.mark.parametrize("choices", [filters.Timeframe, filters.Keep, filters.Metric, filters.Loop])
def test_every_choice_is_named(choices: type[filters.Keep]) -> None:
    assert [choice for choice in choices if f"`{choice}`" not in TEXT] == []


def test_the_digest_of_a_variant_is_what_the_docs_say(ws: Workspace) -> None:
    staged_log(ws, [("1", "Draft", None, "2026-03-02 08:00"), ("1", "Pay", None, "2026-03-02 09:00")])
    (only,) = list_variants(ws, View("example")).rows
    assert only.digest == hashlib.md5(b"Draft\x1fPay", usedforsecurity=False).hexdigest()[:12]
    assert hashlib.md5(b"a", usedforsecurity=False).hexdigest()[:12] in TEXT


def test_the_commands_of_the_docs_are_those_there_are() -> None:
    for filtered in re.findall(r"'(\[.*\])'", TEXT):
        assert Selection.parse(filtered).filters
