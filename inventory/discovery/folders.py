"""The files of a folder that are worth reading, within limits. Nothing outside the folder is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput
from inventory.discovery.parsing import words
from inventory.discovery.values import ScannedFile

MOST_FILES = 20_000
MOST_BYTES = 1_000_000  # of one file
MOST_IN_ALL = 200_000_000
MOST_LOOKED_AT = 500_000  # entries of folders
DEEPEST = 24
SKIPPED = words(
    "node_modules .git .hg .svn .venv venv env .env site-packages dist-packages __pycache__ .tox .nox .mypy_cache "
    ".pytest_cache .ruff_cache build dist target out vendor vendored third_party third-party bower_components .next "
    ".nuxt .yarn .pnpm-store .gradle .idea .cache .terraform coverage htmlcov .eggs .ipynb_checkpoints"
)
READ = words(".py .pyi .ipynb .js .mjs .cjs .jsx .ts .mts .cts .tsx .json .jsonc .json5 .toml .yaml .yml .txt .cfg")
_LOCKS = ("package-lock.json", "pnpm-lock.yaml", "composer.lock", "uv.lock", "poetry.lock")


@dataclass(frozen=True)
class ReadFolder:
    """The files of a folder, and what of it was left out."""

    files: tuple[ScannedFile, ...]
    notes: tuple[str, ...]
    whole: bool  # false: a limit was reached


def read_folder(folder: Path) -> ReadFolder:
    """The files below `folder`, or `folder` itself where it is a file, by path. Raises BadInput where there is none.

    Links are never followed. What is vendored, larger than MOST_BYTES, no text, or beyond the limits is left out and
    said.
    """
    try:
        start = folder.resolve(strict=True)
        mode = start.stat().st_mode
    except (OSError, RuntimeError, ValueError) as error:
        raise BadInput(f"`{folder}` cannot be scanned: {getattr(error, 'strerror', None) or error}.") from None
    if stat.S_ISREG(mode):
        entries: Iterator[Path] = iter([start])
        root = start.parent
    elif stat.S_ISDIR(mode):
        entries, root = _walk(start), start
    else:
        raise BadInput(f"`{folder}` is neither a folder nor a file.")
    return _read(entries, root)


def _walk(root: Path) -> Iterator[Path]:
    """Regular files below `root` that may be read, in the order of their paths."""
    looked = 0
    for at, folders, files in os.walk(root, followlinks=False, onerror=None):
        depth = len(Path(at).relative_to(root).parts)
        folders[:] = sorted(f for f in folders if _wanted_folder(Path(at), f)) if depth < DEEPEST else []
        for name in sorted(files):
            looked += 1
            if looked > MOST_LOOKED_AT:
                return
            path = Path(at) / name
            if path.suffix.lower() in READ and name.lower() not in _LOCKS:
                yield path


def _wanted_folder(at: Path, name: str) -> bool:
    if name.lower() in SKIPPED or name.endswith((".egg-info", ".dist-info")):
        return False
    path = at / name
    try:
        return not path.is_symlink() and not (path / "pyvenv.cfg").exists()
    except OSError:
        return False


def _read(entries: Iterator[Path], root: Path) -> ReadFolder:
    found: list[ScannedFile] = []
    large, unread, total = 0, 0, 0
    notes, whole = [], True
    for path in entries:
        if len(found) >= MOST_FILES or total > MOST_IN_ALL:
            notes.append(f"`{root}`: stopped after {len(found):,} files; what comes after was not read. Scan a part.")
            whole = False
            break
        content = _content(path)
        if content is None:
            unread += 1
        elif len(content) > MOST_BYTES:
            large += 1
        else:
            total += len(content)
            place = path.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
            found.append(ScannedFile(place, content.decode("utf-8-sig", "replace").replace("\x00", "")))
    if large:
        notes.append(f"`{root}`: {large:,} files of more than {MOST_BYTES // 1_000_000} MB were not read.")
    if unread:
        notes.append(f"`{root}`: {unread:,} files could not be read, or are links.")
    return ReadFolder(tuple(found), tuple(notes), whole)


def _content(path: Path) -> bytes | None:
    """The file's first MOST_BYTES + 1 bytes; None where it is no regular file or cannot be read."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(path, flags)
    except (OSError, ValueError):
        return None
    with os.fdopen(number, "rb") as handle:
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                return None
            return handle.read(MOST_BYTES + 1)
        except OSError:
            return None
