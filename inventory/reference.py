"""docs/pilots.md, written from the columns and the risk rules so that they cannot differ."""

from __future__ import annotations

from inventory.columns import COLUMNS
from inventory.risks import RULES, rule_text
from inventory.sheets.words import english

_INTRODUCTION = """# Pilots

This page is made from `inventory/columns.py` and `inventory/risks.py`: change those, then run
`python -m inventory.reference`.

## The sheet
A CSV file in UTF-8 with `,`, `;`, tab or `|` between the cells; the header's case and spacing do not matter. An empty
cell means that it is not known. Other columns are named in the result and not stored. Either the whole sheet is
stored, or nothing, with every problem named by row and column.

A pilot is known again by its reference, else by its name and department, and is updated only when what the sheet says
of it differs. A column that the sheet lacks changes nothing.
"""

_LINKS = """## Links, overlaps, gaps
Two names are the same name when they agree without case, spacing and punctuation. Names that only look alike are
suggested, with a score, and link nothing.

Two pilots overlap where they name the same activity, system or data; the same activity in two departments makes them
duplicate candidates. A gap is an activity of an event log that people work on and no pilot names. An orphan is a
pilot whose activities and systems stand in no event log. Stopped pilots are left out of all three.

## Risks
"""


def reference() -> str:
    """The text of docs/pilots.md."""
    columns = ["| column | | what it holds | also understood |", "|---|---|---|---|"]
    for column in COLUMNS:
        aliases = ", ".join(english(column.name))
        columns.append(f"| `{column.name}` | {'required' if column.required else ''} | {column.help} | {aliases} |")
    rules = [f"- `{rule.__name__}`: {rule_text(rule)}" for rule in RULES]
    return "\n".join([_INTRODUCTION, *columns, "", _LINKS + "\n".join(rules), ""])


if __name__ == "__main__":
    from pathlib import Path

    Path("docs/pilots.md").write_text(reference(), encoding="utf-8")
