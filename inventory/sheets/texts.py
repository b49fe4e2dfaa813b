"""The bytes of a file as text: UTF-8, UTF-16, cp1252 or Latin-1, told from the bytes or as it was said."""

from __future__ import annotations

import codecs
import re

from core.errors import BadInput
from ingest.encodings import check_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_ONLY_CP1252 = re.compile(rb"[\x80-\x9f]")


def text_of(content: bytes, file: str, said: str | None) -> tuple[str, str, str | None]:
    """The text in `content`, its encoding, and a note where that was found out from bytes that are no UTF-8.

    Raises BadInput for what is no text in any of the encodings, or not in the one that was `said`.
    """
    check_encoding(said)
    encoding = said or _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        where = getattr(error, "start", 0)
        raise BadInput(f"`{file}` is not `{encoding}`: see byte {where:,}. Say another with `--encoding`.") from None
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise BadInput(f"`{file}` is not a text file. Save the sheet as CSV UTF-8.")
    if said or encoding in ("utf-8", "utf-8-sig"):
        return text, encoding, None
    odd = re.search(r"[^\s,;|]*[^\x00-\x7f][^\s,;|]*", text)
    example = f", such as `{odd[0][:40]}`" if odd else ""
    return text, encoding, f"The file was read as {encoding}{example}. Another: `--encoding`."


def _encoding(content: bytes) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    if wide := _wide(content):
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if _ONLY_CP1252.search(content) and not _NO_CP1252.search(content) else "latin-1"
    return "utf-8"


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its beginning is NUL."""
    head = content[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 4 or len(content) % 2:
        return None
    return "utf-16-le" if odd > 0.4 * half and not even else "utf-16-be" if even > 0.4 * half and not odd else None
