"""One-time tokens and the sessions they begin. A token is a file in the home: who can write there may come in.

The file's name is the token's digest, so that nobody who sees the folder learns a token. To spend one is to remove its
file, which the system does for one request only.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import time
from pathlib import Path

from core.errors import NotFound, TandemError

TOKEN_SECONDS = 12 * 3600  # how long an address that nobody opened stays good
PARAMETER = "token"
_MOST_SESSIONS = 1000


def prepare(home: Path, port: int) -> None:
    """Make the folder of the tokens of the server on `port`, empty and closed to others.

    Raises TandemError where somebody else owns it.
    """
    forget(home, port)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (home / "door", _folder(home, port)):
        folder.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            raise TandemError(f"`{folder}` belongs to another user of this machine. Remove it or set TANDEM_HOME.")
        folder.chmod(0o700)


def forget(home: Path, port: int) -> None:
    """Remove the tokens of the server on `port`; no address that was printed for it opens anything any more."""
    shutil.rmtree(_folder(home, port), ignore_errors=True)


def served(home: Path) -> tuple[int, ...]:
    """The ports on which servers of this home were started and not stopped in order, in ascending order."""
    folder = home / "door"
    return tuple(sorted(int(p.name) for p in folder.iterdir() if p.name.isdecimal())) if folder.is_dir() else ()


def make(home: Path, port: int) -> str:
    """A fresh token for the server on `port`, good for one request within `TOKEN_SECONDS`.

    Raises NotFound where no server was started on it.
    """
    folder, token = _folder(home, port), secrets.token_urlsafe(32)
    if not folder.is_dir():
        raise NotFound(f"No dashboards of this home were started on port `{port}`. Start them with `tandem up`.")
    for path in folder.iterdir():
        if _is_old(path):
            path.unlink(missing_ok=True)
    os.close(os.open(folder / _digest(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return token


def spend(home: Path, port: int, token: str) -> bool:
    """Whether `token` is good for the server on `port`. It is good once: of two at a time one is told so."""
    folder, wanted = _folder(home, port), _digest(token)
    for path in folder.iterdir() if folder.is_dir() else ():
        if hmac.compare_digest(path.name, wanted):
            old = _is_old(path)
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            return not old
    return False


class Sessions:
    """The browsers that came in, as long as the server runs."""

    def __init__(self) -> None:
        self._digests: list[str] = []

    def begin(self) -> str:
        """The secret of a new session, for the browser's cookie; of very many the oldest ends."""
        secret = secrets.token_urlsafe(32)
        self._digests = [*self._digests[1 - _MOST_SESSIONS :], _digest(secret)]
        return secret

    def knows(self, secret: str) -> bool:
        """Whether `secret` was given to a browser by this server."""
        wanted = _digest(secret)
        return any(hmac.compare_digest(wanted, each) for each in self._digests)


def _folder(home: Path, port: int) -> Path:
    return home / "door" / str(port)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > TOKEN_SECONDS
    except FileNotFoundError:
        return True
