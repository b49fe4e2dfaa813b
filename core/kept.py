"""What was measured of a stored version, kept as a file: a version never changes, so it is measured once."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.eventlog.store import LogVersion


def kept(home: Path, version: LogVersion, what: str, rules: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """The JSON value that `make` gives for `version`, from the file that an earlier call wrote, if it still holds.

    `rules` are the packages whose code and SQL decide the value.

    A file that is damaged, of other rules or of another log under the same name is made anew.
    """
    path = home / "cache" / "quality" / f"{version.file}.{what}.json"
    stamp = f"{_digest(rules)} {version.digest} {version.created_at.isoformat()}"
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["stamp"] == stamp:
            return found["value"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    value = make()
    _write(path, json.dumps({"stamp": stamp, "value": value}, ensure_ascii=False, default=str))
    return json.loads(json.dumps(value, default=str))


def _write(path: Path, text: str) -> None:
    """Put the file there whole, readable by its owner only; where the home is read-only, do without."""
    aside = path.with_name(f".{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)


@cache
def _digest(packages: tuple[str, ...]) -> str:
    """A digest of everything that decides what is measured: the code and the SQL of these packages."""
    digest = hashlib.sha256()
    for package in packages:
        for file in sorted(files(package).iterdir(), key=lambda f: f.name):
            if file.name.endswith((".py", ".sql")):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
