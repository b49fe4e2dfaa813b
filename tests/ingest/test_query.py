"""Queries of real databases: read, never written; streamed; and no password anywhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from app.main import run
from core.actor.values import local
from core.errors import BadInput, Duplicate
from core.settings import Settings
from core.workspace import Workspace
from ingest import import_query
from ingest.query_text import check_query, check_url, in_words, without_secrets

QUERY = 'SELECT order_id AS "case", step AS activity, at AS "end", who AS performer, data FROM steps -- 100% ; :x'
PASSWORD = "s3cret/pä%ss"


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """An SQLite database with three steps of two orders."""
    path = tmp_path / "shop 1.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE steps (order_id INTEGER, step, at, who, data BLOB)")
        rows = [(1, "place", "2026-01-05 08:00:00", "Ada", b"\x01"), (1, "ship", "2026-01-05 09:00:00", None, None),
                (2, "place", "2026-01-06 08:00:00", "Bo", None)]  # fmt: skip
        database.executemany("INSERT INTO steps VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
    return path


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with the same steps, for a user who has a password."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE steps (order_id int, step text, at timestamptz, who text, data jsonb)")
        connection.execute(
            "INSERT INTO steps VALUES (1, 'place', '2026-01-05 08:00+01', 'Ada', '{\"a\": [1, null]}'), "
            "(1, 'ship', '2026-01-05 09:00+01', NULL, NULL), (2, 'place', '2026-01-06 08:00+01', 'Bo', NULL)"
        )
        connection.execute("DROP ROLE IF EXISTS analyst")
        connection.execute("CREATE ROLE analyst LOGIN SUPERUSER")  # trusted here: any password will do
        yield str(check_url(postgres_url).set(username="analyst", password=PASSWORD).render_as_string(False))
        connection.execute("DROP ROLE analyst")


def everything_kept(ws: Workspace) -> str:
    """All that the workspace stored of its event logs, as text."""
    kept = [str(version) for version in ws.logs.versions()]
    for version in ws.logs.versions():
        kept.append(json.dumps(ws.logs.meta(version).stored))
        kept.append((ws.logs.folder / version.file).read_bytes().decode("latin-1"))
    return "\n".join(kept)


def test_rows_of_sqlite_become_a_log(ws: Workspace, sqlite_file: Path) -> None:
    before = sqlite_file.read_bytes()
    done = import_query(ws, f"sqlite:///{sqlite_file}", QUERY + "\n;", log="orders", by=local("Ada"))
    assert (done.cases, done.events, done.activities, done.performers) == (2, 3, 2, 2)
    assert ws.logs.versions()[0].source == "a query of shop 1.sqlite"
    assert sqlite_file.read_bytes() == before
    with pytest.raises(Duplicate, match="is imported already"):
        import_query(ws, f"sqlite:///{sqlite_file}", QUERY, log="again", by=local("Ada"))
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute("INSERT INTO steps VALUES (2, 'ship', '2026-01-06 09:00:00', 'Bo', NULL)")
        database.commit()
    assert import_query(ws, f"sqlite:///{sqlite_file}", QUERY, log="orders", by=local("Ada")).version == 2


@pytest.mark.postgres
def test_rows_of_postgresql_become_a_log_and_the_password_is_nowhere(ws: Workspace, postgres: str) -> None:
    assert "s3cret" in postgres
    done = import_query(ws, postgres, QUERY, log="orders", by=local("Ada"))
    assert (done.cases, done.events, done.start.isoformat()) == (2, 3, "2026-01-05T07:00:00+00:00")
    with ws.logs.read(ws.logs.get("orders")) as connection:
        assert connection.execute('SELECT "@data" FROM event_attribute WHERE "@data" IS NOT NULL').fetchall() == [
            ('{"a": [1, null]}',)
        ]
    assert "s3cret" not in everything_kept(ws)
    assert ws.logs.meta(ws.logs.get("orders")).stored["reading"]["query"] == QUERY


@pytest.mark.postgres
def test_postgresql_is_only_read(ws: Workspace, postgres: str, postgres_url: str) -> None:
    sneaky = (
        "WITH gone AS (DELETE FROM steps RETURNING *) SELECT order_id, step, at FROM gone",
        "SELECT 1; COMMIT; DELETE FROM steps",
        "SELECT setval('s', 1)",
        "DELETE FROM steps",
        "COPY steps TO PROGRAM 'true'",
    )
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE s")
        for query in sneaky:
            with pytest.raises(BadInput) as caught:
                import_query(ws, postgres, query, log="orders", by=local("Ada"))
            assert "s3cret" not in str(caught.value)
        assert connection.execute("SELECT count(*) FROM steps").fetchall() == [(3,)]
    assert ws.logs.versions() == []


@pytest.mark.postgres
def test_a_long_result_is_streamed(ws: Workspace, postgres_url: str) -> None:
    told: list[int] = []
    query = (
        'SELECT n / 4 AS "case", chr(97 + n % 4) AS activity, '
        "timestamptz '2026-01-05' + n * interval '1 minute' AS \"end\" FROM generate_series(0, 29999) n"
    )
    done = import_query(ws, postgres_url, query, log="x", by=local("Ada"), progress=lambda _, rows: told.append(rows))
    assert (done.cases, done.events) == (7500, 30_000)
    assert told[1:4] == [10_000, 20_000, 30_000]


@pytest.mark.postgres
def test_postgresql_says_what_is_wrong(ws: Workspace, postgres: str) -> None:
    with pytest.raises(BadInput, match='relation "nothing" does not exist'):
        import_query(ws, postgres, "SELECT * FROM nothing", log="x", by=local("Ada"))
    closed = check_url(postgres).set(port=1).render_as_string(hide_password=False)
    with pytest.raises(BadInput, match="Nothing was stored") as caught:
        import_query(ws, closed, "SELECT 1", log="x", by=local("Ada"))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "The query is empty"),
        ("-- nothing\n", "The query is empty"),
        ("SELECT 1; SELECT 2", "more than one statement"),
        ("UPDATE steps SET who = ''", "begins with `UPDATE`"),
        ("SELECT * FROM missing", "no such table: missing"),
        ("SELECT order_id, step, step FROM steps", "more than one column called `step`"),
        ("SELECT * FROM steps WHERE 0", "gives no row"),
        ("SELECT order_id, step, char(0) AS x FROM steps", "Row 1 of the query"),
        ("SELECT order_id, step, zeroblob(1000000) AS x FROM steps", "bytes in `x`"),
        ("SELECT 1 AS a, 2 AS b, 3 AS c", "--case COLUMN"),
    ],
)
def test_a_query_that_cannot_be_used_is_refused(query: str, says: str, ws: Workspace, sqlite_file: Path) -> None:
    with pytest.raises(BadInput) as caught:
        import_query(ws, f"sqlite:///{sqlite_file}", query, log="x", by=local("Ada"))
    assert says in str(caught.value)
    assert ws.logs.versions() == []
    assert {p.name for p in ws.logs.folder.iterdir()} <= {".publish.lock"}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "not the URL of a database"),
        ("sqlite://", "names no SQLite file"),
        ("sqlite:///missing.sqlite", "There is no file `missing.sqlite`"),
        ("unheard://u:s3cret@h/db", "failed"),
        ("mysql+nodriver://u:s3cret@h/db", "failed"),
        ("mysql://u:s3cret@h/db", "its driver is not installed"),
        ("postgresql://u:s3cret@127.0.0.1:abc/x", "not the URL of a database"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_its_password(url: str, says: str, ws: Workspace) -> None:
    with pytest.raises(BadInput) as caught:
        import_query(ws, url, "SELECT 1", log="x", by=local("Ada"))
    assert says in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert not Path("missing.sqlite").exists()


def test_secrets_are_taken_out_of_any_text() -> None:
    address = check_url("postgresql://u:p%40ss@h/db?sslpassword=topsecret&application_name=x")
    assert without_secrets("p@ss and p%40ss and topsecret and x", address) == "*** and *** and *** and x"
    assert in_words(ValueError("bad: p@ss\nmore"), address) == "bad: ***"


def test_semicolons_in_texts_end_no_statement() -> None:
    for query in (
        "SELECT ';'",
        'SELECT ";" FROM x',
        "SELECT 1 /* ; */",
        "SELECT $a$;$a$",
        "(SELECT 1)",
        "with x AS (SELECT 1) SELECT 2",
    ):
        assert check_query(query + " ; ") == query


def test_the_command(settings: Settings, sqlite_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                     monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    (tmp_path / "q.sql").write_text(QUERY)
    command = ["log", "query", f"sqlite:///{sqlite_file}", "--name", "orders"]
    assert run([*command, "--sql-file", str(tmp_path / "q.sql")]) == 0
    assert "2 cases, 3 activity instances" in capsys.readouterr().out
    for more, says in (
        ([], "Give the query with `--sql` or with `--sql-file`"),
        (["--sql", QUERY, "--sql-file", "q.sql"], "Give the query with `--sql` or with `--sql-file`"),
        (["--sql-file", "missing.sql"], "`missing.sql` cannot be read"),
        (["--sql", QUERY, "--password-in", "NO_SUCH_VARIABLE"], "`NO_SUCH_VARIABLE`"),
        (["--sql", "DROP TABLE steps"], "begins with `DROP`"),
    ):
        assert run([*command, *more]) == 2
        assert says in " ".join(capsys.readouterr().err.split())
