"""docs/pilots.md, written from the columns and the risk rules so that they cannot differ."""

from __future__ import annotations

from inventory.columns import COLUMNS
from inventory.risks import RULES, rule_text
from inventory.sheets.words import english

_INTRODUCTION = """# Pilots

This page is made from `inventory/columns.py`, `inventory/sheets/words.toml` and `inventory/risks.py`: change those,
then run `python -m inventory.reference`.

## The registry
Every pilot is a typed record of which every revision is kept: who changed it, when, how, and what from what to what.

    tandem pilot add "Invoice reader" --department Finance --set owner=Ada --set "monthly_cost=€ 1.250,50"
    tandem pilot edit "Invoice reader" --set status=production --base 1 --reason "passed the review"
    tandem pilot edit P-1 P-2 "#7" --set sponsor=Grace      # the same change to many: to all, or with problems to none
    tandem pilot show "Invoice reader"                      # what is known, and its history
    tandem pilot list --department Finance --status pilot --without owner
    tandem pilot export pilots.csv                          # or .json: an import reads it again as it is
    tandem pilot template pilots.csv                        # a sheet to fill in

A pilot is named by its reference, its name, or its number (`#7`). With `--base`, a change is refused where the pilot
has a newer revision. `COLUMN=` says that it is not known. A pilot has one currency: an amount in another is refused
while the other amount stands.

## Any sheet comes in
CSV with any delimiter (UTF-8, UTF-16, cp1252 or Latin-1), Excel, JSON (a list of objects, also one a line, or
`{"pilots": [...]}`) and YAML. Look before you store:

    tandem pilot import sheet.xlsx --dry-run

shows what each heading was taken for, how surely and why; what would be added and changed, field by field; every
problem with row, column and value; and everything that was read otherwise than it stands. An import stores the whole
sheet or nothing.

- **Header**: the row among the first 40 with most known headings; what stands above it is a banner (`--header-row`).
- **Headings** in English, German, French, Spanish, Dutch, Portuguese and Italian are known; of others the likeliest
  column is proposed and not used. Say it: `--column owner="Verantwortlich"`, `--column owner=#4` by place,
  `--column owner=` for none. Doubled columns may say the same; where they differ, it is a problem.
- **Kept by name**: `--keep "HR list"` keeps how a sheet was read; the next one with the same headings is read so, and
  that is said. `tandem pilot layouts`, `forget-layout`, `--layout ''` for none.
- **Amounts**: `1.234,56`, `$1,200.50`, `1'200`, `12k`, `€ 1200/month`. What can be read two ways (`1.234`) is decided
  by the other amounts, else refused: `--decimal comma`. Headings say period, currency and thousands
  ("Kosten pro Jahr (T€)"). Yearly and quarterly amounts are divided by 12 and 3, to the cent. The currency stands in
  the cell, its column, the heading or `--currency`; `$` alone is USD. Each of these is said.
- **Dates**: `2026-01-31`, `31.01.2026`, `01/31/2026`, `31. Januar 2026`; a month or quarter is its first day.
  `01/02/2026` is decided by the other dates, else refused: `--date-order dmy`.
- **Lists** are split by `;` and lines; where a cell has none, by `,` and by `/` between whole words (`S/4HANA` stays
  one name). `--lists ';'` splits by nothing else.
- **Words** that a cell may say (`In Betrieb`, `Go-Live`, `PII`) are known in the same languages. Others are refused
  with the option: `--word human_review:partly=no`. `n/a`, `-`, `unknown` and the like mean not known.
- **Blanks**: an empty cell means that it is not known. `--default department=HR` says what it means instead,
  `--fill-down department` repeats the cell above. Merged cells of a workbook are filled.

A pilot is known again by its reference, else by its name and department, and is updated only when what the sheet says
of it differs. A column that the sheet lacks, or that is empty throughout, changes nothing. Where somebody changed a
field by hand since the last import and the sheet says something else, that is a conflict: `--conflicts sheet` or
`--conflicts registry` says which wins.

## Columns
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
