"""Which rows of a log are activity instances, by the transitions of the XES lifecycle extension.

Rows are paired only where a log has both `start` and `complete`. Then:

- a `start` and the next free `complete` of the same case and activity are one activity instance: first in, first out;
  where `concept:instance` ties starts to ends, only rows of the same instance are paired;
- a `complete` without a free `start` is an activity instance whose start is not known;
- `ate_abort` and `pi_abort` end the oldest open start, as an activity instance that failed;
- a `start` without an end never ended, so it is no activity instance: dropped, and counted;
- `schedule`, `assign`, `reassign`, `suspend`, `resume`, `withdraw`, `autoskip` and `manualskip` say something about
  work, and are no work themselves: dropped, and counted, as is an abort of what never started;
- of an activity that no row of the log starts or ends they are all that is known: kept, and counted;
- a transition that the standard does not know is an activity instance without a start: nothing tells more.

Every other log keeps every row as an activity instance: those with `complete` only, those whose transitions are
statuses of their own, and those that have a column for the start.
An activity instance has the attributes of the row that ended it, and those of its start where that row has none.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from core.queries import load
from ingest.values import Finding, Treatment, counted

START = "start"
COMPLETE = "complete"
ABORTS = ("ate_abort", "pi_abort")
NO_WORK = ("schedule", "assign", "reassign", "suspend", "resume", "withdraw", "autoskip", "manualskip")
NOT_YET = "what never ended is no activity instance yet. Cases in which one began last are open."
TRANSITIONS = frozenset({START, COMPLETE, *ABORTS, *NO_WORK, "ate abort", "pi abort"})


def has_pairs(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the view `cells` has both starts and completes, so that rows must be paired."""
    rows = connection.execute(load("ingest.sql", "transitions").sql).fetchall()
    return {START, COMPLETE} <= {transition for (transition,) in rows}


def pair(connection: duckdb.DuckDBPyConnection) -> tuple[Finding, ...]:
    """The findings of pairing; makes the table `pairing` (end_row, start_row, aborted): one row an activity instance.

    Needs the table `transition` (row_no, case_text, activity_text, instance, transition, moment).
    """
    connection.execute("SET VARIABLE aborts = $words", {"words": list(ABORTS)})
    connection.execute("SET VARIABLE no_work = $words", {"words": list(NO_WORK)})
    connection.execute(load("ingest.sql", "pairing").sql)
    counts = dict(connection.execute(load("ingest.sql", "pairing_counts").sql).fetchall())
    return tuple(_findings(counts))


def _findings(counts: dict[str, int]) -> Iterator[Finding]:
    told = {
        "paired": (Treatment.REPAIRED, "starts were joined with their ends into one activity instance each."),
        "no_start": (Treatment.NOTE, "ends have no start before them; their activity instances have no start."),
        "never_ended": (Treatment.DROPPED, f"starts have no end; {NOT_YET}"),
        "abort_of_nothing": (Treatment.DROPPED, "aborts have no start before them."),
        "unknown_transition": (Treatment.NOTE, "rows have a transition that XES does not know; kept without a start."),
        "only_mentioned": (
            Treatment.WARNING,
            "rows are all that tells of their activity: no row starts or ends it; kept.",
        ),
    }
    for code, count in counts.items():
        if code.startswith("transition:"):
            name = code.removeprefix("transition:")
            words = "is no work of its own" if count == 1 else "are no work of their own"
            message = f"{counted(count, 'row')} with the transition `{name}` {words}."
            yield Finding("transition", Treatment.DROPPED, count, message)
        elif count:
            effect, words = told[code]
            yield Finding(code, effect, count, f"{count:,} {words}")
