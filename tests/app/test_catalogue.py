"""The catalogue of verbs holds everything that writes, and each verb refuses, records and is done as it says."""

from __future__ import annotations

import ast
import getpass
import hashlib
import inspect
import pkgutil
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import typer.main
from streamlit.testing.v1 import AppTest

from app.main import app, run
from app.reference import _leaves
from app.verbs import CATALOGUE, PARTS
from core.actor.values import Actor
from core.database import metadata
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from governance import AuditRecord, Ruling, audit_records
from tests.app.acts import ACTS, AGENT, NOBODY, STOPPED, command_of, prepare_home, wrong
from tests.app.seeded import settings_of
from tests.patience import patience

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "ingest", "mining", "governance", "kpi", "orchestrator", "inventory")
ID = re.compile(r"person-[0-9a-f]{12}")
ELSEWHERE = {"audit.erase", "home.backup"}  # what they change is in no row of the snapshot
NO_VERB = {"demo": "a face of its own: it calls verbs", "inbox list": "it reads"}
FACES = {  # calls with `by=` in faces whose `by` is no actor, or that are no verb: the function, and why
    "times_by": "what times are told by", "list_cases": "the order of cases", "count_cases": "the order of cases",
    "map_people": "what hands over", "map_handovers": "what hands over", "map_ping_pong": "what hands over",
    "ask": "a reading verb", "_import": "told as a whole, with its words", "run_demo": "the demo is a face of its own",
}  # fmt: skip


def functions() -> Iterator[Any]:
    """Every public function of the rooms that takes an Actor as `by`, once, from where it is written."""
    for room in ROOMS:
        package = import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" in found.name or found.name.endswith(("_worker", ".inside")):
                continue
            module = import_module(found.name)
            for name, function in vars(module).items():
                if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != found.name:
                    continue
                by = inspect.signature(inspect.unwrap(function)).parameters.get("by")
                if by is not None and by.annotation in ("Actor", Actor):
                    yield function


def full_name(function: Any) -> str:
    """Module and name of a function."""
    return f"{function.__module__}.{function.__qualname__}"


def test_everything_that_takes_an_actor_is_in_the_catalogue_or_said_to_be_a_part() -> None:
    found = {full_name(f) for f in functions()}
    known = {full_name(entry.does) for entry in CATALOGUE} - {"app.verbs.agents.add_agent"}
    assert len(found) > 50
    assert found == known | set(PARTS)
    assert not known & set(PARTS)


def test_each_entry_is_whole_and_can_be_told_apart() -> None:
    assert len({entry.key for entry in CATALOGUE}) == len(CATALOGUE)
    assert {entry.key for entry in CATALOGUE} == set(ACTS)
    for entry in CATALOGUE:
        assert entry.not_here or (entry.commands and entry.pages), entry.key
        assert "by" in inspect.signature(entry.does).parameters
        if full_name(entry.does).startswith(("mining.", "kpi.")):
            assert entry.trust, f"{entry.key} does not say which judgement it asks"


def test_every_command_that_acts_as_somebody_is_a_verb_and_every_said_command_is_there() -> None:
    leaves = {name.strip(): command for name, command in _leaves(typer.main.get_command(app), "")}
    acting = {name for name, command in leaves.items() if any("--as" in p.opts for p in command.params)}
    said = {command for entry in CATALOGUE for command in entry.commands}
    assert acting - set(NO_VERB) == said


def uses(path: Path) -> tuple[set[str], set[str]]:
    """Names that a face takes from the catalogue, and names of functions it calls with `by=`."""
    tree = ast.parse(path.read_text("utf-8"))
    taken = {
        a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "app.verbs" for a in n.names
    }
    called = {
        n.func.id if isinstance(n.func, ast.Name) else getattr(n.func, "attr", "")
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and any(k.arg == "by" for k in n.keywords)
    }
    return taken, called


def test_faces_do_what_the_catalogue_says_and_nothing_else() -> None:
    verbs = {entry.does.__name__ for entry in CATALOGUE}
    used: dict[str, set[str]] = {}
    for path in sorted([*(ROOT / "app" / "commands").rglob("*.py"), *(ROOT / "app" / "pages").rglob("*.py")]):
        taken, called = uses(path)
        assert taken <= verbs, path
        unknown = called - verbs - set(FACES) - {"verb", "partial"}
        assert not unknown, f"{path.name} calls {unknown} with an actor; they are in no catalogue"
        assert called & verbs <= taken, path
        used[path.relative_to(ROOT / "app").with_suffix("").as_posix().replace("/", ".")] = taken
    pages = {(page, e.does.__name__) for e in CATALOGUE for page in e.pages}
    found = {(m.removeprefix("pages."), n) for m, names in used.items() if m.startswith("pages.") for n in names}
    assert pages == found
    commands = {e.does.__name__ for e in CATALOGUE if e.commands}
    assert commands == {n for m, names in used.items() if m.startswith("commands.") for n in names}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A home in which every verb can be done, made once."""
    folder = tmp_path_factory.mktemp("acts")
    with settings_of(folder / "home") as settings:
        files = folder / "files"
        files.mkdir()
        return folder, prepare_home(settings, files)


@contextmanager
def home_of(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Iterator[tuple[Settings, dict[str, Any]]]:
    """A copy of the home, to be changed."""
    folder, state = made
    shutil.copytree(folder, tmp_path / "copy")
    own = {k: v.replace(str(folder), str(tmp_path / "copy")) if isinstance(v, str) else v for k, v in state.items()}
    with settings_of(tmp_path / "copy" / "home") as settings:
        yield settings, own


def snapshot(ws: Workspace) -> dict[str, str]:
    """A digest of everything that is stored but the audit log: each table, each file."""
    found = {}
    with ws.database.read() as connection:
        for table in metadata.sorted_tables:
            if not table.name.startswith("audit_"):
                rows = sorted(map(repr, connection.execute(sa.select(table))))
                found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    for path in sorted(p for p in ws.settings.home.rglob("*") if p.is_file() and ".sqlite" not in p.name):
        found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def newest(ws: Workspace, count: int = 8) -> tuple[AuditRecord, ...]:
    """The newest audit records."""
    return audit_records(ws, limit=count)


def check_refused(record: AuditRecord, action: str, who: str) -> None:
    """The record says that the act was refused, and names an unknown one only where it can be erased."""
    assert (record.action, record.effect) == (action, Ruling.DENY)
    assert (record.proof, record.machine_user) == ("local", getpass.getuser())
    if who == NOBODY:
        assert record.principal == "unknown"
        assert record.payload is not None
        assert record.payload["who"] == NOBODY
        assert "Mallory" not in repr((record.reasons, record.resource_id, record.key))
    else:
        assert record.principal_name == who


@pytest.mark.parametrize("entry", [e for e in CATALOGUE if ACTS[e.key].command], ids=lambda e: e.key)
def test_a_command_refuses_records_and_is_done(
    entry: Any, made: tuple[Path, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    act = ACTS[entry.key]
    with home_of(made, tmp_path) as (settings, state):
        ws = open_workspace(settings)
        try:
            before, last = snapshot(ws), newest(ws, 1)[0].number
            for who in wrong(act):
                capsys.readouterr()
                assert run([*command_of(act, state), "--as", who]) != 0, who
                said = capsys.readouterr().err
                assert who in said, said
                assert "Traceback" not in said
                record = newest(ws, 1)[0]
                assert record.number == last + 1, f"{who} left {record.number - last} records"
                last = record.number
                check_refused(record, act.refused_as or entry.verb.name, who)
            assert snapshot(ws) == before
            assert run([*command_of(act, state), "--as", act.who]) == 0, capsys.readouterr().err
            assert snapshot(ws) != before or entry.verb.name in ELSEWHERE
            done = [r for r in newest(ws) if r.number > last and r.action == (act.done_as or entry.verb.name)]
            assert done, [r.action for r in newest(ws)]
            assert done[0].effect is not Ruling.DENY
            assert (done[0].proof, done[0].machine_user) == ("local", getpass.getuser())
            assert done[0].principal_name == act.who
        finally:
            ws.close()


def _every_button(state) -> None:  # type: ignore[no-untyped-def]
    """A page on which each button of the catalogue is pressed: what it does, as whoever the page acts as."""
    import streamlit as st

    from app.pages.parts import act
    from app.pages.state import actor, workspace
    from tests.app.acts import ACTS

    for key, one in ACTS.items():
        st.caption(key)
        act(lambda one=one: one.page(workspace(), actor(), state), "done")  # type: ignore[misc]


@pytest.mark.parametrize("who", [NOBODY, AGENT, STOPPED])
def test_a_page_refuses_in_words_and_it_is_recorded(
    who: str, made: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_cache: None
) -> None:
    with home_of(made, tmp_path) as (settings, state):
        monkeypatch.setenv("TANDEM_USER", who)
        ws = open_workspace(settings)
        try:
            before, last = snapshot(ws), newest(ws, 1)[0].number
            page = AppTest.from_function(_every_button, args=(state,), default_timeout=patience(60)).run()
            assert not page.exception
            said = [error.value for error in page.error]
            assert len(said) == len(ACTS), said
            listed = [bullet.value for bullet in page.markdown if bullet.value.startswith("- ")]  # of gates
            unnamed = [one for one in said if who not in one.replace("\\", "")]
            assert len(unnamed) == sum(who in one for one in listed) <= 1, unnamed
            assert snapshot(ws) == before
            found = [r for r in newest(ws, 200) if r.number > last]
            assert len(found) == len(ACTS)
            verbs = {entry.key: entry.verb.name for entry in CATALOGUE}
            for record, key in zip(reversed(found), ACTS, strict=True):
                check_refused(record, verbs[key], who)
        finally:
            ws.close()


def test_a_real_page_refuses_who_nobody_knows(
    made: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_cache: None
) -> None:
    with home_of(made, tmp_path) as (settings, _):
        monkeypatch.setenv("TANDEM_USER", NOBODY)
        ws = open_workspace(settings)
        try:
            page = AppTest.from_string(
                "from app.pages.shell import run\nrun('allocation')\n", default_timeout=patience(60)
            )
            page.query_params["map"] = "fresh"
            page.run()
            next(button for button in page.button if button.label == "Allocate").click()
            page.run()
            assert not page.exception
            assert NOBODY in page.error[0].value
            check_refused(newest(ws, 1)[0], "map.allocate", NOBODY)
        finally:
            ws.close()


LISTS = (
    "map list", "kpi baselines", "filter list orders", "log lineage plain", "allocate orders", "audit list --all",
    "approval list", "run list", "workflow list", "workflow show orders", "map conformance orders --map orders",
)  # fmt: skip


def test_commands_show_names_never_ids_of_people(
    made: tuple[Path, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with home_of(made, tmp_path) as (_, state):
        shown = {}
        for text in (*LISTS, f"run show {state['done']}", "inbox list --as Sam"):
            capsys.readouterr()
            assert run(text.split()) == 0, capsys.readouterr().err
            shown[text] = capsys.readouterr().out
    assert [text for text in ("map list", "filter list orders", "log lineage plain") if "Ada" not in shown[text]] == []
    assert [text for text, out in shown.items() if ID.search(out)] == []
