"""An activity instance that began and has no end: its case goes on, whatever ended before it."""

from __future__ import annotations

from pathlib import Path

from core.actor.values import local
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from ingest import CaseCondition, DropCases, clean, import_log
from kpi import measure

HEAD = "case,activity,start,end"


def imported(ws: Workspace, folder: Path, lines: list[str], **options: object) -> LogVersion:
    """The log of `lines`."""
    path = folder / "work.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ws.logs.get(import_log(ws, path, by=local("Ada"), **options).log)  # type: ignore[arg-type]


def states(ws: Workspace, version: LogVersion) -> list[tuple[str, str]]:
    """Each case with how far it is."""
    with ws.logs.open(View(version.log, version.version)) as opened:
        return opened.connection.execute("SELECT case_id, state::VARCHAR FROM case_ ORDER BY case_id").fetchall()


def day(number: int, hour: int) -> str:
    return f"2026-01-{number:02d} {hour:02d}:00"


def with_starts(cases: int, going_on: int) -> list[str]:
    """A, B, C one after the other, an hour each; in the first `going_on` cases C has begun and not ended."""
    lines = [HEAD]
    for n in range(1, cases + 1):
        lines += [f"c{n:02d},{a},{day(n, h)},{day(n, h + 1)}" for a, h in (("A", 8), ("B", 9))]
        lines.append(f"c{n:02d},C,{day(n, 10)},{'' if n <= going_on else day(n, 12)}")
    return lines


def test_what_began_and_never_ended_leaves_its_case_open(ws: Workspace, tmp_path: Path) -> None:
    version = imported(ws, tmp_path, with_starts(20, going_on=14))
    assert [state for _, state in states(ws, version)] == ["open"] * 14 + ["complete"] * 6
    cycle = next(m for m in measure(ws, View(version.log)) if m.key == "cycle_time")
    assert (cycle.value, cycle.n) == (4 * 3600.0, 6)
    (said,) = [f for f in ws.logs.meta(version).stored["quality"]["findings"] if f["code"] == "never_ended"]
    assert said["count"] == 14


def test_it_is_open_where_any_end_is_one_too(ws: Workspace, tmp_path: Path) -> None:
    version = imported(ws, tmp_path, with_starts(4, going_on=1), ends=["*"])
    assert [state for _, state in states(ws, version)] == ["open", "complete", "complete", "complete"]


def test_what_began_before_something_ended_does_not_hold_the_case(ws: Workspace, tmp_path: Path) -> None:
    lines = with_starts(20, going_on=0)
    lines.append(f"c20,A,{day(20, 7)},")  # began, was never ended, and the case went on to its end
    assert set(states(ws, imported(ws, tmp_path, lines))) == {(f"c{n:02d}", "complete") for n in range(1, 21)}


def test_starts_and_ends_in_rows_of_their_own(ws: Workspace, tmp_path: Path) -> None:
    lines = ["case,activity,time,lifecycle"]
    for n in range(1, 21):
        for activity, hour in (("A", 8), ("B", 10)):
            lines.append(f"c{n:02d},{activity},{day(n, hour)},start")
            if not (activity == "B" and n <= 5):
                lines.append(f"c{n:02d},{activity},{day(n, hour + 1)},complete")
    found = states(ws, imported(ws, tmp_path, lines))
    assert [state for _, state in found] == ["open"] * 5 + ["complete"] * 15


def test_it_is_known_in_a_cleaned_version_too(ws: Workspace, tmp_path: Path) -> None:
    lines = [*with_starts(20, going_on=14), f"one,A,,{day(3, 9)}"]
    version = imported(ws, tmp_path, lines)
    cleaned = ws.logs.get(clean(ws, version.log, None, [DropCases(CaseCondition.SINGLE_EVENT)], by=local("Ada")).log)
    assert cleaned.version == version.version + 1
    assert [state for _, state in states(ws, cleaned)] == ["open"] * 14 + ["complete"] * 6
