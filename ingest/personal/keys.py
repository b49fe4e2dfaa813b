"""The key of a log's pseudonyms: a file of its own in `TANDEM_HOME/keys`, never in the log or the database."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, NotFound
from core.eventlog import check_log_name
from core.workspace import Workspace

MASK = "masked"  # what is written for a value that is only known to have been there
_BYTES = 32
FORGET = Verb("key.forget", "PseudonymKey")
_PSEUDONYM = re.compile(r".+ [0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")


@dataclass(frozen=True, repr=False)
class Key:
    """A secret that turns values into pseudonyms; it never shows itself."""

    secret: bytes

    @property
    def fingerprint(self) -> str:
        """Eight signs that tell keys apart and do not help to find one."""
        return hmac.new(self.secret, b"fingerprint", hashlib.sha256).hexdigest()[:8]

    def pseudonym(self, value: str, word: str) -> str:
        """`word` and twelve hexadecimal signs of the keyed hash (HMAC-SHA-256, RFC 2104) of `value`."""
        signs = hmac.new(self.secret, value.encode(), hashlib.sha256).hexdigest()[:12].upper()
        return f"{word} {signs[:4]}-{signs[4:8]}-{signs[8:]}"

    def __repr__(self) -> str:
        return f"Key({self.fingerprint})"


def is_pseudonym(value: str) -> bool:
    """Whether `value` is written as pseudonyms are."""
    return _PSEUDONYM.fullmatch(value) is not None


def new_key() -> Key:
    """A key that nobody has had before."""
    return Key(secrets.token_bytes(_BYTES))


def key_path(ws: Workspace, log: str) -> Path:
    """Where the key of `log` lies."""
    return ws.settings.home / "keys" / f"{check_log_name(log)}.key"


def find_key(ws: Workspace, log: str) -> Key | None:
    """The key of `log`; None where it has none. Raises BadInput for a file that is no key."""
    try:
        text = key_path(ws, log).read_text("ascii").strip()
    except FileNotFoundError:
        return None
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise BadInput(f"`{key_path(ws, log)}` is not a key of {_BYTES} bytes. Restore it from a backup, or delete it.")
    return Key(secret)


def make_key(ws: Workspace, log: str) -> Key:
    """The key of `log`, made now if it has none; only its owner may read the file."""
    path = key_path(ws, log)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = new_key()
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(fresh.secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)  # fails where another was quicker: a key is never overwritten, never half there
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    found = find_key(ws, log)
    assert found is not None
    return found


def forget_key(ws: Workspace, log: str, *, by: Actor) -> Path:
    """Where the key of `log` lay, now that it is deleted: nobody can make its pseudonyms from names any more.

    Raises NotFound where it has none.
    """
    path = key_path(ws, log)
    with act(ws, by, FORGET, log):
        try:
            path.unlink()
        except FileNotFoundError:
            raise NotFound(
                f"Event log `{log}` has no key: nothing in it was pseudonymised here, or it is forgotten."
            ) from None
    return path
