"""A file that an event log can be read from: what it is, whether it is whole, and its digest."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput, NotFound
from ingest.bounds import Allowance
from ingest.formats import BY_SUFFIX, Format, format_of

_GZIP = b"\x1f\x8b"
_CHUNK = 4 << 20
_HEAD = 1 << 16


@dataclass(frozen=True)
class Source:
    """A readable file."""

    path: Path
    format: Format
    compressed: bool  # gzip, by its first bytes and not by its name

    def digest(self) -> str:
        """SHA-256 of its bytes, as they lie on the disk."""
        with self.path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """Its content, decompressed, in pieces of a few megabytes.

        Raises BadInput when the gzip is broken, or unpacks to far more than a log would.
        """
        if not self.compressed:
            with self.path.open("rb") as handle:
                while chunk := handle.read(_CHUNK):
                    yield chunk
            return
        with whole_gzip(self.path), gzip.open(self.path, "rb") as stream:
            allowance = Allowance(self.path, self.path.stat().st_size)
            while chunk := stream.read(_CHUNK):
                allowance.spend(len(chunk))
                yield chunk

    def plain(self, folder: Path) -> Path:
        """The path of its content, decompressed: its own, or that of a copy in `folder`."""
        if not self.compressed:
            return self.path
        path = folder / "plain"
        with path.open("wb") as handle:
            handle.writelines(self.chunks())
        return path

    @property
    def stem(self) -> str:
        """Its name without folder and known suffixes: `08_receipt` of `08_receipt.xes.gz`."""
        name = self.path.name
        for suffix in (".gz", *BY_SUFFIX):
            if name.lower().endswith(suffix):
                name = name[: -len(suffix)]
        return name


def open_source(path: Path) -> Source:
    """The source at `path`. Raises NotFound or BadInput when there is nothing that could be read."""
    if not path.exists():
        raise NotFound(f"There is no file `{path}`.")
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "a device or pipe"
        raise BadInput(f"`{path}` is {kind}, not a file. Name one file.")
    try:
        with path.open("rb") as handle:
            head = handle.read(2)
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None
    if not head:
        raise BadInput(f"`{path}` is empty: it has 0 bytes.")
    compressed = head == _GZIP
    content = _head(path, compressed)
    if not content:
        raise BadInput(f"`{path}` is empty: unpacked it has 0 bytes.")
    return Source(path, format_of(path, content, compressed=compressed), compressed)


@contextmanager
def whole_gzip(path: Path) -> Iterator[None]:
    """Turns what gzip raises inside the block into BadInput that says what is wrong with the file."""
    try:
        yield
    except EOFError:
        raise BadInput(
            f"`{path}` is truncated: the compressed data ends before its end mark. "
            "Copy or download it again; nothing was stored."
        ) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BadInput(f"`{path}` is a damaged gzip file ({error}). Copy or download it again.") from None


def log_name(stem: str) -> str:
    """An event log's name made of a file's: lower case, and `_` for whatever a name cannot have."""
    name = re.sub(r"[^a-z0-9_-]+", "_", stem.lower()).strip("_-")
    return name[:100] or "log"


def _head(path: Path, compressed: bool) -> bytes:
    """The first bytes of the content."""
    if not compressed:
        with path.open("rb") as handle:
            return handle.read(_HEAD)
    with whole_gzip(path), gzip.open(path, "rb") as stream:
        return stream.read(_HEAD)
