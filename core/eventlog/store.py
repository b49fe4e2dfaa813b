"""The event-log store: versions are built aside, renamed, and made visible by one row; readers open them read-only."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import sqlalchemy as sa
from filelock import FileLock

from core.clock import Clock
from core.database import Database
from core.errors import BadInput, Duplicate, IntegrityError, not_found
from core.eventlog.build import build
from core.eventlog.duck import attach, connect
from core.eventlog.facts import FORM
from core.eventlog.meta import Meta, read_meta
from core.eventlog.opened import Opened
from core.eventlog.tables import event_log_version
from core.eventlog.upgrade import form_of, upgrade
from core.kept import kept
from core.queries import load
from core.selection.engine import Remaining, open_selection
from core.selection.selection import NO_SELECTION, Selection
from core.settings import Settings
from core.trust import Trust, carrying, judge, prepare
from core.view import View
from core.zones import zone_of

if TYPE_CHECKING:
    from core.actor.verb import Stamp

_DRAFT = re.compile(r"^\.building-(\d{1,9})-")
_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,99}$")


@dataclass(frozen=True)
class LogVersion:
    """One version of an event log, as the catalogue has it."""

    log: str
    version: int  # from 1
    file: str  # file name in the logs folder
    source: str  # what it was made from, in words: a file name, "runs of <workflow>"
    digest: str  # SHA-256 of the source and of how it was read
    cases: int
    events: int  # activity instances stored
    event_rows: int  # rows read from the source; more than `events` where lifecycle rows were paired
    activities: int
    performers: int
    started: datetime  # first start (without starts: first end)
    ended: datetime  # last end
    created_at: datetime
    created_by: str


def check_log_name(log: str) -> str:
    """`log` itself if it can name an event log. Raises BadInput."""
    if not _NAME.match(log):
        raise BadInput(
            f"`{log}` cannot name an event log. Use 1 to 100 of a-z, 0-9, `_` and `-`, starting with a letter or digit."
        )
    return log


def _unreadable(version: LogVersion, path: Path) -> IntegrityError:
    return IntegrityError(
        f"The file of event log `{version.log}` version {version.version} cannot be opened: `{path}`. "
        "Restore it from a backup, or import the log again."
    )


def duplicate(known: LogVersion, source: str) -> Duplicate:
    """The error that `source`, read as it is, is `known` already."""
    return Duplicate(
        f"`{source}` is imported already, read in the same way: it is event log `{known.log}` "
        f"version {known.version}. Nothing was stored."
    )


class Draft:
    """An event log version while it is being written; `connection` is its DuckDB file's only connection."""

    def __init__(self, store: EventLogStore, log: str, path: Path) -> None:
        self._store, self.log, self.path = store, log, path
        self.connection = connect(path, store.settings, read_only=False)

    def publish(
        self,
        *,
        source: str,
        digest: str,
        created_by: str | Stamp,
        event_rows: int,
        meta: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
        once: bool = False,
        ends: list[str] | None = None,
        pauses: list[str] | None = None,
        known_until: datetime | None = None,
    ) -> LogVersion:
        """The new version, built from what was staged, now visible to every reader.

        `created_by` is a principal's id, or what checks and records in the very transaction who it is; `event_rows`
        counts the rows of the source; `ends`, `pauses` and `known_until` are as `build` says; `meta` is
        kept in the file as JSON: a mapping, or a function that is asked for it when all else is built. Raises BadInput
        when nothing was staged; with `once`, Duplicate when another writer published `digest` in the meantime.
        """
        asked = meta if callable(meta) else lambda: meta
        now = self._store.now()
        build(self.connection, asked, ends=ends, pauses=pauses, known_until=known_until, made_at=now)
        counts = self.connection.execute(load("core.eventlog.sql", "summary").sql).fetchone()
        self.connection.close()
        _flush(self.path)
        assert counts is not None
        return self._store._publish(self, self.log, source, digest, created_by, event_rows, counts, once)

    def discard(self) -> None:
        """Close the file and remove it, if it was not published."""
        self.connection.close()
        for leftover in (self.path, self.path.with_name(self.path.name + ".wal")):
            leftover.unlink(missing_ok=True)


class EventLogStore:
    """Every version of every event log of one workspace."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self.settings, self._database, self._clock = settings, database, clock
        self.folder = settings.logs_folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self.folder / ".publish.lock", timeout=120)
        self._present: set[Path] = set()  # files that are known to have the present form

    def now(self) -> datetime:
        """The present moment of the workspace."""
        return self._clock.now()

    @contextmanager
    def draft(self, log: str) -> Iterator[Draft]:
        """A draft of the next version of `log`; whatever was not published by the end of the block is removed."""
        path = self.folder / f".building-{os.getpid()}-{uuid.uuid4().hex}.duckdb"
        draft = Draft(self, check_log_name(log), path)
        try:
            yield draft
        finally:
            draft.discard()

    def _publish(
        self,
        draft: Draft,
        log: str,
        source: str,
        digest: str,
        created_by: str | Stamp,
        event_rows: int,
        counts: Any,
        once: bool,
    ) -> LogVersion:
        content = _digest(draft.path)
        with self._lock, self._database.begin() as connection:
            known = self.by_digest(digest) if once else None
            if known:
                raise duplicate(known, source)
            latest = connection.execute(
                sa.select(sa.func.max(event_log_version.c.version)).where(event_log_version.c.log == log)
            ).scalar()
            number = (latest or 0) + 1
            who = created_by if isinstance(created_by, str) else created_by(connection, f"{log} {number}", content)
            file = f"{log}.v{number}.duckdb"
            draft.path.replace(self.folder / file)
            _flush(self.folder)
            cases, events, activities, performers, started, ended = counts
            version = LogVersion(
                log, number, file, source, digest, cases, events, event_rows, activities, performers,
                started.replace(tzinfo=UTC), ended.replace(tzinfo=UTC), self._clock.now(), who,
            )  # fmt: skip
            connection.execute(sa.insert(event_log_version).values(**vars(version)))
        return version

    def versions(self, log: str | None = None) -> list[LogVersion]:
        """All versions (of `log`, if given), by name and then version."""
        query = sa.select(event_log_version).order_by(event_log_version.c.log, event_log_version.c.version)
        if log is not None:
            query = query.where(event_log_version.c.log == log)
        with self._database.read() as connection:
            return [LogVersion(**row._mapping) for row in connection.execute(query)]

    def get(self, log: str, version: int | None = None) -> LogVersion:
        """Version `version` of `log`, the newest if none is given. Raises NotFound that names what there is."""
        found = self.versions(log)
        if not found:
            raise not_found("event log", log, {v.log for v in self.versions()})
        if version is None:
            return found[-1]
        for candidate in found:
            if candidate.version == version:
                return candidate
        raise not_found(f"version of event log `{log}`", str(version), [str(v.version) for v in found])

    def by_digest(self, digest: str) -> LogVersion | None:
        """The version made from this very source, read in this very way, if there is one."""
        with self._database.read() as connection:
            row = connection.execute(
                sa.select(event_log_version)
                .where(event_log_version.c.digest == digest)
                .order_by(event_log_version.c.created_at)
            ).first()
        return LogVersion(**row._mapping) if row else None

    @contextmanager
    def read(self, version: LogVersion) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection to `version`. Raises IntegrityError when its file is gone or damaged."""
        path = self.folder / version.file
        try:
            self._in_present_form(path, version.created_at)
            connection = connect(path, self.settings, read_only=True)
        except duckdb.Error as error:
            raise _unreadable(version, path) from error
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def select(
        self,
        version: LogVersion,
        selection: Selection = NO_SELECTION,
        *,
        moves_only: bool = False,
        writes: Path | None = None,
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection to `version` on which every table shows only what `selection` leaves.

        With `moves_only` no more than a graph needs is narrowed: `event` and `case_`. Raises IntegrityError as `read`
        does, NotFound for names in filters that the log does not have.
        """
        with self._attached(version, writes) as connection:
            open_selection(connection, selection, moves_only=moves_only, count=False)
            yield connection

    @contextmanager
    def open(self, view: View, *, moves_only: bool = False, writes: Path | None = None) -> Iterator[Opened]:
        """`view`, open: a connection that shows what it leaves, and the trust that its log deserves.

        With `moves_only` as `select` says; `writes` is the one file that may be written. Raises NotFound for a log,
        version or name in a filter that there is not, BadInput for filters that cannot be used.
        """
        found = self.get(view.log, view.version)
        with self.select(found, view.selection, moves_only=moves_only, writes=writes) as connection:
            yield Opened(
                connection, found, replace(view, log=found.log, version=found.version),
                lambda: self.trust(found), lambda: self.meta(found),
            )  # fmt: skip

    def trust(self, version: LogVersion) -> Trust:
        """What the data of `version` can carry: counted once, and kept in the home."""

        def counts() -> Any:
            with self._attached(version) as connection:
                prepare(connection, zone_of(self.meta(version).timezone), version.created_at)
                return carrying(connection)

        return judge(kept(self.settings.home, version, "trust", ("core.trust", "core.trust.sql"), counts))

    def remaining(self, version: LogVersion, selection: Selection) -> tuple[Remaining, ...]:
        """What each filter of `selection` that is not switched off leaves. Raises as `select` does."""
        with self._attached(version) as connection:
            return open_selection(connection, Selection(selection.filters), moves_only=True)

    @contextmanager
    def _attached(self, version: LogVersion, writes: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        path = self.folder / version.file
        try:
            self._in_present_form(path, version.created_at)
            connection = attach(path, self.settings, writes)
        except duckdb.Error as error:
            raise _unreadable(version, path) from error
        try:
            yield connection
        finally:
            connection.close()

    def _in_present_form(self, path: Path, made_at: datetime) -> None:
        """Bring a file that an older release wrote to the present form.

        Aside, then renamed over it: a crash leaves the old one or the new one, and readers keep what they opened.
        """
        if path in self._present or not path.exists():
            return
        with closing(connect(path, self.settings, read_only=True)) as connection:
            old = form_of(connection) < FORM
        if old:
            with self._lock:
                self._bring_up(path, made_at)
        self._present.add(path)

    def _bring_up(self, path: Path, made_at: datetime) -> None:
        copy = path.with_name(f".building-{os.getpid()}-{uuid.uuid4().hex}.duckdb")
        try:
            shutil.copyfile(path, copy)
            with closing(connect(copy, self.settings, read_only=False)) as connection:
                if form_of(connection) < FORM:  # another process may have been quicker
                    upgrade(connection, made_at)
            _flush(copy)
            copy.replace(path)
            _flush(self.folder)
        finally:
            for leftover in (copy, copy.with_name(copy.name + ".wal")):
                leftover.unlink(missing_ok=True)

    def content(self, version: LogVersion) -> str | None:
        """SHA-256 (hex) of the version's file as it is now; None where it is gone."""
        path = self.folder / version.file
        return _digest(path) if path.exists() else None

    def meta(self, version: LogVersion) -> Meta:
        """What is kept beside the events of `version`: mapping, quality summary, time zone and more."""
        with self.read(version) as connection:
            return read_meta(connection)

    def sweep(self) -> list[str]:
        """The names of the leftovers of crashed writers, now removed: drafts of dead processes, files without a row."""
        removed = []
        with self._lock:
            known = {v.file for v in self.versions()}
            for path in sorted(self.folder.glob("*.duckdb*")):
                writer = _DRAFT.match(path.name)
                if writer:
                    if _alive(int(writer[1])):
                        continue
                elif path.name.startswith("."):
                    continue  # not one of ours
                elif path.name.removesuffix(".wal") in known:
                    continue
                path.unlink(missing_ok=True)
                removed.append(path.name)
        return removed


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Force a file's or folder's content to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
