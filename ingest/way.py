"""How a source is read. The same source read in the same way is the same import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core import BadInput, not_found
from ingest.encodings import check_encoding
from ingest.stamps import check_order
from ingest.values import Column, Role
from ingest.words import KINDS


@dataclass(frozen=True)
class Way:
    """What was said about how to read a source, beside the roles of its columns."""

    timezone: str = "UTC"  # where stamps without an offset were taken
    encoding: str | None = None  # of text; None: UTF-8, or what the XML declares
    date_order: str | None = None  # `dmy` or `mdy`, where days and months cannot be told apart
    performer_kinds: Mapping[str, str] = field(default_factory=dict)  # by the performer's name
    pseudonymise: tuple[str, ...] = ()  # columns or roles whose values are stored as pseudonyms

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
        for kind in self.performer_kinds.values():
            if kind not in KINDS:
                raise not_found("performer kind", kind, KINDS)

    def digest(self, source_digest: str, roles: Mapping[Role, Column], part: str | None = None) -> str:
        """SHA-256 of the source's digest, of the `part` of it that is read, and of how."""
        how = asdict(self) | {"roles": {role: column.label for role, column in roles.items()}}
        how |= {} if part is None else {"part": part}
        if not self.pseudonymise:  # said of no import before it could be said
            del how["pseudonymise"]
        return hashlib.sha256(json.dumps([source_digest, how], sort_keys=True).encode()).hexdigest()
