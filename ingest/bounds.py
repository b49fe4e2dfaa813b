"""How far a packed file may unpack, and how long one value may be: a small file must not fill the machine."""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from core.errors import BadInput

ANY = 64 << 20  # bytes that may come out of any file, however small it is
RATIO = 250  # times its size that a file may unpack to beyond that; real logs stay below 80
MOST = 64 << 30  # bytes that may come out of the largest
LONGEST_VALUE = 1 << 20  # bytes of one value in UTF-8

_CHUNK = 1 << 20
_LOCAL_HEADER = 30  # bytes, before the name and the extra field of an entry


class Allowance:
    """How many bytes may still come out of the file at `path`, of which `packed` bytes lie on the disk."""

    def __init__(self, path: Path, packed: int) -> None:
        self._path, self._packed, self._done = path, packed, 0
        self._most = min(MOST, max(ANY, packed * RATIO))

    def spend(self, count: int) -> None:
        """Take `count` bytes off. Raises BadInput when more came out than any real log would hold."""
        self._done += count
        if self._done > self._most:
            raise BadInput(
                f"`{self._path}` unpacks to more than {self._most >> 20:,} MB from {_size(self._packed)}, as a "
                "decompression bomb does; unpacking was stopped and nothing was stored. If it is a real log, unpack it "
                "yourself and import that."
            )


def refuse_nul(path: Path, text: Path) -> None:
    """Raise BadInput where the plain `text` of the file at `path` has a NUL byte, at which many programs stop."""
    with text.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = content.find(b"\x00")
        if found >= 0:
            line = (
                sum(content[start : min(found, start + _CHUNK)].count(b"\n") for start in range(0, found, _CHUNK)) + 1
            )
            raise BadInput(
                f"`{path}` has a NUL byte in line {line:,} (byte {found:,}), as a damaged file or one that is no text "
                "has. Copy or export it again; nothing was stored."
            )


def check_archive(path: Path) -> None:
    """Raise BadInput for a zip file, such as a workbook, that is damaged, locked or unpacks beyond measure.

    Every entry is unpacked once, whatever sizes its headers claim; nothing is kept.
    """
    allowance = Allowance(path, path.stat().st_size)
    try:
        with ZipFile(path) as archive:
            for entry in archive.infolist():
                _check_entry(path, entry, allowance)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise BadInput(
            f"`{path}` is a damaged or truncated workbook ({error}). Copy or download it again; nothing was stored."
        ) from None


def _check_entry(path: Path, entry: ZipInfo, allowance: Allowance) -> None:
    if entry.flag_bits & 0x1:
        raise BadInput(f"`{path}` is protected by a password. Remove the password and import it again.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadInput(f"`{path}` packs `{entry.filename}` in a way that no workbook does. Save it again.")
    size, check = 0, 0
    for data in _unpacked(path, entry):
        allowance.spend(len(data))
        size, check = size + len(data), zlib.crc32(data, check)
    if size != entry.file_size or check != entry.CRC:
        raise BadZipFile(f"`{entry.filename}` is not what its header says")


def _unpacked(path: Path, entry: ZipInfo) -> Iterator[bytes]:
    """The content of one entry in pieces, however large it says that it is."""
    with path.open("rb") as handle:
        handle.seek(entry.header_offset)
        header = handle.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise BadZipFile(f"`{entry.filename}` is not where it should be")
        skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        handle.seek(skip, 1)
        left = entry.compress_size
        engine = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == ZIP_DEFLATED else None
        while left and (packed := handle.read(min(_CHUNK, left))):
            left -= len(packed)
            if engine is None:
                yield packed
                continue
            yield engine.decompress(packed, _CHUNK)
            while engine.unconsumed_tail:
                yield engine.decompress(engine.unconsumed_tail, _CHUNK)
        if left or (engine is not None and not engine.eof):
            raise BadZipFile(f"`{entry.filename}` ends too early")


def _size(count: int) -> str:
    return f"{count >> 20:,} MB" if count >= 10 << 20 else f"{max(1, count >> 10):,} KB"
