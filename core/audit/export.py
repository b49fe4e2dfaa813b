"""The audit log as a file that can be verified without Tandem's database: JSON lines between a header and the head."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from core.audit.chain import FIELDS, FIRST
from core.audit.tables import audit_payload, audit_record
from core.errors import BadInput

if TYPE_CHECKING:
    from core.workspace import Workspace

FORMAT = "tandem audit log 2"
_FORMATS = (FORMAT, "tandem audit log 1")  # that are read


@dataclass(frozen=True)
class LastRecord:
    """The last record of an export."""

    number: int  # 0: the log was empty
    hash: str


@dataclass(frozen=True)
class Export:
    """An exported audit log."""

    path: Path
    payloads: bool  # whether payloads were exported
    head: LastRecord

    def records(self) -> Iterator[Mapping[str, Any]]:
        """The records in the file's order, each with `salt` and `payload`."""
        with self.path.open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                data = json.loads(line)
                if "head" not in data:
                    record = {name: data.get(name) for name in (*FIELDS, "hash", "salt", "payload")}
                    yield {**record, "form": data.get("form", 1)}


def export_audit(ws: Workspace, path: Path, *, payloads: bool = True, replace: bool = False) -> LastRecord:
    """The head of the audit log, now written whole to `path`. Keep the file outside the database:
    `verify_audit(against=path)` then sees the removal of records up to its last one. Raises BadInput when the file
    cannot be written, or is there already and `replace` was not said: an earlier export is evidence."""
    log, payload = audit_record, audit_payload
    query = (
        sa.select(log, payload.c.salt, payload.c.payload)
        .outerjoin(payload, payload.c.record == log.c.number)
        .order_by(log.c.number)
    )
    building = path.with_name(f".{path.name}.{os.getpid()}.building")
    try:
        with ws.database.read() as connection, building.open("w", encoding="utf-8") as file:
            head = LastRecord(0, FIRST)
            _line(file, {"format": FORMAT, "payloads": payloads})
            for row in connection.execute(query.execution_options(yield_per=1000)):
                data = row._asdict()
                if not payloads:
                    del data["salt"], data["payload"]
                _line(file, data)
                head = LastRecord(row.number, row.hash)
            _line(file, {"head": {"number": head.number, "hash": head.hash}})
            file.flush()
            os.fsync(file.fileno())
        if not replace:
            path.touch(exist_ok=False)  # claims the name; a rename alone would take the place of whatever is there
        building.replace(path)
    except FileExistsError:
        raise BadInput(f"`{path}` is there already. Choose another file, or say `--replace`.") from None
    except OSError as error:
        raise BadInput(f"`{path}` cannot be written: {error.strerror}.") from None
    finally:
        building.unlink(missing_ok=True)
    return head


def read_export(path: Path) -> Export:
    """The export in the file `path`. Raises BadInput when it is not one, is damaged as a file, or has no end."""
    header: dict[str, Any] = {}
    line = ""
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                data = json.loads(line)
                if number == 1:
                    header = data
        last = json.loads(line)["head"] if line else None
        if header.get("format") not in _FORMATS or last is None:
            raise BadInput(f"`{path}` is not an audit log that `tandem audit export` wrote.")
        return Export(path, bool(header["payloads"]), LastRecord(int(last["number"]), str(last["hash"])))
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(
            f"`{path}` is not a whole exported audit log: line {number} cannot be read, or its end is missing."
        ) from None


def _line(file: Any, data: Mapping[str, Any]) -> None:
    file.write(json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n")
