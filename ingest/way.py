"""How a source is read. The same source read in the same way is the same import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import BadInput, not_found
from ingest.encodings import check_encoding
from ingest.meaning.amounts import check_decimal
from ingest.stamps import check_order
from ingest.values import Column, ColumnRole
from ingest.words import KINDS


@dataclass(frozen=True)
class Way:
    """What was said about how to read a source, beside the roles of its columns."""

    timezone: str = "UTC"  # where stamps without an offset were taken
    encoding: str | None = None  # of text; None: UTF-8, or what the XML declares
    date_order: str | None = None  # `dmy` or `mdy`, where days and months cannot be told apart
    performer_kinds: Mapping[str, str] = field(default_factory=dict)  # by the performer's name
    pseudonymise: tuple[str, ...] = ()  # columns or roles whose values are stored as pseudonyms
    missing_words: bool = True  # whether words such as `NA` mean that a value is missing
    decimal: str | None = None  # `comma` or `point`, where the values cannot tell
    error_words: tuple[str, ...] = ()  # outcomes that mean an error; the others of the column do not
    pauses: tuple[str, ...] = ()  # activities in which the work waits for somebody outside
    ends: tuple[str, ...] = ()  # activities with which a case is over, `*` for any; empty: nobody said it

    def check(self) -> None:
        """Raise BadInput for a time zone, encoding, date order or performer kind that does not exist."""
        try:
            ZoneInfo(self.timezone)
            if self.timezone in ("localtime", "Factory", "posixrules"):  # files of the machine, no zones of the IANA
                raise ValueError(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise BadInput(
                f"There is no time zone `{self.timezone}`. Name it as the IANA does, such as `Europe/Madrid` or `UTC`."
            ) from None
        check_encoding(self.encoding)
        check_order(self.date_order)
        check_decimal(self.decimal)
        for kind in self.performer_kinds.values():
            if kind not in KINDS:
                raise not_found("performer kind", kind, KINDS)

    def digest(
        self,
        source_digest: str,
        roles: Mapping[ColumnRole, Column],
        part: str | None = None,
        meaning: Mapping[str, Any] | None = None,
    ) -> str:
        """SHA-256 of the source's digest, of the `part` of it that is read, of how, and of what its texts mean.

        What could not be said, or was not understood, before a release is left out where it changes nothing: a file
        that is read as that release read it is the same import.
        """
        how = asdict(self) | {"roles": {role: column.label for role, column in roles.items()}}
        how |= {} if part is None else {"part": part}
        for name in _LATER:
            if how[name] == getattr(_PLAIN, name):
                del how[name]
        how |= {"meaning": meaning} if meaning else {}
        return hashlib.sha256(json.dumps([source_digest, how], sort_keys=True).encode()).hexdigest()


_LATER = ("pseudonymise", "missing_words", "decimal", "error_words", "pauses", "ends")
_PLAIN = Way()
