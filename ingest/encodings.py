"""Text in any encoding as UTF-8, and which names are encodings of text at all."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from core.errors import BadInput

_NO_TEXT = frozenset(  # Python's codecs that are no encodings of a file's text: bytes to bytes, host names, escapes
    ("base64", "bz2", "hex", "quopri", "rot-13", "uu", "zlib", "idna", "punycode", "raw-unicode-escape", "undefined",
     "unicode-escape")
)  # fmt: skip


def text_encoding(name: str) -> str | None:
    """Python's own name of the encoding that people call `name`; None where it is no encoding of text."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found in _NO_TEXT else found


def check_encoding(encoding: str | None) -> None:
    """Raise BadInput for what is no encoding of text: unknown, or such as `zip`, which packs bytes."""
    if encoding is not None and text_encoding(encoding) is None:
        raise BadInput(f"There is no encoding `{encoding}`. Common ones: `utf-8`, `utf-16`, `windows-1252`, `latin-1`.")


def as_utf8(path: Path, chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """`chunks` of the file at `path` as UTF-8. Raises BadInput for what is not `encoding` to its end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    for chunk, final in chain(((chunk, False) for chunk in chunks), [(b"", True)]):
        kept = len(decoder.getstate()[0])  # the beginning of a character that ended the chunk before
        try:
            text = decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            raise BadInput(f"`{path}` is not `{encoding}`: see byte {done - kept + error.start:,}.") from None
        except UnicodeError as error:  # such as UTF-16 without the mark that tells the order of its bytes
            raise BadInput(f"`{path}` is not `{encoding}`: {error}.") from None
        done += len(chunk)
        yield text.encode("utf-8", "surrogatepass")
