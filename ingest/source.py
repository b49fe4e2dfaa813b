"""A file that an event log can be read from: what it is, whether it is whole, and its digest."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core import BadInput, NotFound

_GZIP = b"\x1f\x8b"
_CHUNK = 4 << 20


class Format(StrEnum):
    """The file formats that can be imported."""

    XES = "XES"
    CSV = "CSV"
    PARQUET = "Parquet"


_BY_SUFFIX = {".xes": Format.XES, ".csv": Format.CSV, ".tsv": Format.CSV, ".txt": Format.CSV}
_BY_SUFFIX |= {".parquet": Format.PARQUET, ".pq": Format.PARQUET}


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
        """Its content, decompressed, in pieces of a few megabytes. Raises BadInput when the gzip is broken."""
        if not self.compressed:
            with self.path.open("rb") as handle:
                while chunk := handle.read(_CHUNK):
                    yield chunk
            return
        with whole_gzip(self.path), gzip.open(self.path, "rb") as stream:
            yield from _all(stream)

    @property
    def stem(self) -> str:
        """Its name without folder and known suffixes: `08_receipt` of `08_receipt.xes.gz`."""
        name = self.path.name
        for suffix in (".gz", *_BY_SUFFIX):
            if name.lower().endswith(suffix):
                name = name[: -len(suffix)]
        return name


def open_source(path: Path) -> Source:
    """The source at `path`. Raises NotFound or BadInput when there is nothing that could be read."""
    if not path.exists():
        raise NotFound(f"There is no file `{path}`.")
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "a device or pipe"
        raise BadInput(f"`{path}` is {kind}, not a file. Name one XES, CSV, TSV or Parquet file.")
    try:
        with path.open("rb") as handle:
            head = handle.read(64)
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None
    if not head:
        raise BadInput(f"`{path}` is empty: it has 0 bytes.")
    return Source(path, _format(path, head), head.startswith(_GZIP))


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


def _format(path: Path, head: bytes) -> Format:
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    suffixes = [s.lower() for s in path.suffixes if s.lower() != ".gz"]
    found = _BY_SUFFIX.get(suffixes[-1]) if suffixes else None
    if found is Format.PARQUET:
        raise BadInput(f"`{path}` is not a Parquet file: it does not begin with `PAR1`.")
    if found is not None:
        return found
    raise BadInput(
        f"`{path}` has no suffix that Tandem knows. Known: {', '.join(f'`{s}`' for s in _BY_SUFFIX)}, `.gz`."
    )


def _all(stream: gzip.GzipFile) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
