"""Messages with options of the command line, as pages say them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import core
from app.pages.said_here import CONTROLS, said_here
from app.pages.text import quoted, textual
from core.eventlog.completeness import Completeness
from core.trust.judging import NO_PERFORMERS, NONE_COMPLETE
from mining.organisation.facts import NO_KINDS, NO_SYSTEMS

ROOT = Path(core.__file__).parents[1]
TIMES = "2. Times, amounts, missing values"
_NO_PAGE = {"replace"}  # options of commands that write files: pages save through the browser


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "Say how with `--decimal comma` or `--decimal point`, or leave them out with `--cost ''`.",
            f"Choose the decimal mark under {TIMES}, or leave them out with “not in the file” as “Cost” "
            "under 1. Columns.",
        ),
        (
            "If that is wrong, import again with `--date-order mdy`.",
            f"If that is wrong, choose “month before day” under {TIMES}.",
        ),
        (
            "not known: `a`, `b`. Say them with `--error-words`, such as `--error-words 'b'`; the others are none.",
            "not known: `a`, `b`. Choose it as “Outcome” under 1. Columns, and under 3. Words the errors; "
            "the others are none.",
        ),
        (
            "Give the encoding it has, such as `--encoding windows-1252` or `--encoding latin-1`, or save it as UTF-8.",
            "Give its encoding at the top, or save it as UTF-8.",
        ),
        (
            "No column with an outcome has `x`. Name the column with `--outcome COLUMN`.",
            "No column with an outcome has `x`. Choose the column of “Outcome” under 1. Columns.",
        ),
        (
            "Import with `--ends` to say otherwise.",
            "To say otherwise, import it again and choose “Activities that end a case”.",
        ),
        ("The column is called `a--b`.", "The column is called `a--b`."),
        ("First: `tandem allocate claims --fast`.", "First: `tandem allocate claims --fast`."),
    ],
)  # fmt: skip
def test_an_option_is_said_as_the_control_of_the_page(message: str, said: str) -> None:
    assert said_here(message) == said
    assert "--" not in quoted(message) or "--" in said
    assert "--" not in textual(message) or "--" in said


@pytest.mark.parametrize(
    "message", [NONE_COMPLETE, NO_PERFORMERS, NO_SYSTEMS, NO_KINDS, Completeness("seen", ()).words]
)
def test_what_pages_say_of_a_log_names_no_option(message: str) -> None:
    assert "--" in message
    assert "--" not in said_here(message)


def test_every_option_that_a_message_names_has_its_control() -> None:
    rooms = [*(ROOT / "ingest").rglob("*.py"), *(ROOT / "core").rglob("*.py"), *(ROOT / "mining").rglob("*.py")]
    named = {option for file in rooms for option in _options(file)}
    assert {"decimal", "ends", "error-words"} <= named
    assert named - set(CONTROLS) - _NO_PAGE == set()


def _options(file: Path) -> set[str]:
    """The options in the messages of a module; what its docstrings say is for programmers."""
    tree = ast.parse(file.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in said
    ]
    return {found for text in texts for found in re.findall(r"(?<![\w-])--([a-z][a-z-]*)", text)}
