"""docs/kpis.md, written from the headers of the KPI files so that the two cannot differ."""

from __future__ import annotations

from core.figures import per_cent
from kpi.definitions import definitions
from kpi.judge import LEAST_CASES, LEAST_COVERAGE
from kpi.values import Definition

_INTRODUCTION = f"""# The KPIs

This page is made from the headers of the files in `kpi/sql`: change those, then run `python -m kpi.reference`.
Each KPI is one file, and the same file measures an imported event log and the event log of a workflow's runs.

- Cycle time and throughput speak of complete cases; cost and errors of all that are over, failed and cancelled ones
  too; of SLAs, an open case past due has missed its own, and so has one that failed or was cancelled. Every KPI
  says how many cases it leaves out, and why.
- Beside the cost of a task stand the cost of a case and the attempts a task; beside the share of attempts that
  failed, that of tasks failed for good, and of cases that had one.
- A value that the data cannot carry is *withheld*, with the reason, and never shown as 0. At least
  {per_cent(LEAST_COVERAGE)} of what a KPI speaks of must have data.
- Every value has an evidence class: *measured* (everything it speaks of was observed), *estimated* (extrapolated to
  the rest), *assumed* (rests on something said and not in the data, such as an SLA asked for now).
- A value is marked *simulated* when a simulated performer did any of the activity instances behind it.
- A baseline is frozen in the database, which refuses to change it. Whether a KPI has changed since is a *verdict*:
  docs/verdicts.md says how it is reached. Runs are compared with the baseline of the workflow version that ran
  them, once that version is signed, and only its own runs are.
- A trend goes by the period in which cases started, throughput by that in which they ended: days, weeks, months,
  quarters or years, so that there are some 8 to 30. A period with fewer than {LEAST_CASES} cases has no value,
  throughput apart. One whose cases are still open (of SLAs: and not yet due) is *not finished*, as is the last one
  of throughput where the log ends within it. Cases with times that cannot be true are in no period.
"""


def reference() -> str:
    """The text of docs/kpis.md."""
    return "\n".join([_INTRODUCTION, *(_section(d) for d in definitions())])


def _section(definition: Definition) -> str:
    return f"""## {definition.title}
{definition.definition}

| | |
|---|---|
| Name | `{definition.key}` |
| Unit | {definition.unit} |
| Direction | {definition.direction.value} |
| Needs | {definition.needs} |
| Interval | {definition.interval} |
| Formula source | {definition.source} |
| Version | {definition.version} |
"""


if __name__ == "__main__":
    from pathlib import Path

    Path("docs/kpis.md").write_text(reference(), encoding="utf-8")
