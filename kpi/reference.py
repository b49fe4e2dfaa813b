"""docs/kpis.md, written from the headers of the KPI files so that the two cannot differ."""

from __future__ import annotations

from kpi.definitions import definitions
from kpi.judge import LEAST_COVERAGE
from kpi.values import Definition

_INTRODUCTION = f"""# The KPIs

This page is made from the headers of the files in `kpi/sql`: change those, then run `python -m kpi.reference`.
Each KPI is one file, and the same file measures an imported event log and the event log of a workflow's runs.

- Only complete cases count, except that an open case past due has missed its SLA.
- A value that the data cannot carry is *withheld*, with the reason, and never shown as 0. At least {LEAST_COVERAGE:.0%}
  of what a KPI speaks of must have data.
- Every value has an evidence class: *measured* (everything it speaks of was observed), *estimated* (extrapolated
  to the rest), *assumed* (rests on something said and not in the data, such as an SLA asked for now).
- A value is marked *simulated* when a simulated performer did any of the activity instances behind it.
- A baseline is frozen in the database, which refuses to change it. Whether a KPI has changed since is a *verdict*:
  docs/verdicts.md says how it is reached.
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
