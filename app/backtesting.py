"""The back-test of allocation on imported logs and on files, which are read in place and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from app.verbs import import_log
from core.actor.values import local
from core.errors import BadInput
from core.settings import Settings
from core.view import View
from core.workspace import Workspace, open_workspace
from governance import ensure_acting
from mining.allocation import Backtest, BacktestLog, backtest, look_back

KINDS = ("human", "agent", "system")
_EVERY = ""  # in kinds: of every log
_READER = "back-test"  # who imports files into the home that is thrown away


def run_backtest(ws: Workspace, given: Sequence[str], kinds: Sequence[str]) -> Backtest:
    """The back-test on the logs `given`, each the name of an imported one or the path of a file.

    `kinds` are `NAME=KIND` for performers of every log, or `LOG:NAME=KIND` of one, `*` for all others that are not
    known. Raises NotFound and BadInput.
    """
    said = _kinds(kinds)
    with ExitStack() as stack:
        scratch: Workspace | None = None
        found = []
        for one in given:
            path = Path(one)
            if not path.is_file():
                found.append(_look(ws, one, said))
                continue
            scratch = scratch or stack.enter_context(_scratch())
            found.append(_look(scratch, import_log(scratch, path, by=local(_READER)).log, said))
    return backtest(found)


def _look(ws: Workspace, log: str, said: Mapping[str, Mapping[str, str]]) -> BacktestLog:
    return look_back(ws, View(ws.logs.get(log).log), {**said.get(_EVERY, {}), **said.get(log, {})})


class _scratch:
    """A workspace in a folder that is thrown away at the end."""

    def __enter__(self) -> Workspace:
        self._folder = TemporaryDirectory(prefix="tandem-backtest-")
        self._ws = open_workspace(Settings(home=Path(self._folder.name), database_url="", user=_READER))
        ensure_acting(self._ws, local(_READER))
        return self._ws

    def __exit__(self, *_: object) -> None:
        self._ws.close()
        self._folder.cleanup()


def _kinds(given: Sequence[str]) -> dict[str, dict[str, str]]:
    """Performer kinds by log and name; the last `=` counts, and the first `:` where a log is named."""
    found: dict[str, dict[str, str]] = {}
    for text in given:
        name, mark, kind = text.rpartition("=")
        log, colon, performer = name.partition(":")
        if not mark or not name or kind not in KINDS:
            raise BadInput(
                f"`--kind {text}` is not NAME=KIND or LOG:NAME=KIND with one of {', '.join(KINDS)}, such as "
                "`--kind 112=system`."
            )
        found.setdefault(log if colon else _EVERY, {})[performer if colon else name] = kind
    return found
