"""Reads OCEL 2.0 in XML, tag by tag; a document type, and with it every entity, is refused before it expands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from core.errors import BadInput
from ingest.ocel.tables import Ocel

_DEEPEST = 30
_LONGEST = 1 << 20  # characters of one value


def read_xml(ocel: Ocel, chunks: Iterable[bytes]) -> None:
    """Fill `ocel` from the text in `chunks`. Raises BadInput for what is not well-formed, or no OCEL 2.0 at all."""
    reader = _XmlReader(ocel)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadInput(
            f"`{ocel.path}` is broken or truncated XML: line {error.lineno:,}, column {error.offset + 1:,}: "
            f"{expat.ErrorString(error.code)}. Nothing was stored."
        ) from None
    except LookupError as error:
        raise BadInput(f"`{ocel.path}` declares an encoding that is not known: {error}. Save it as UTF-8.") from None
    missing = [part for part in ("object-types", "event-types", "objects", "events") if part not in reader.parts]
    ocel.problems += [f"the element `<{part}>` is missing" for part in missing]


class _XmlReader:
    """Follows the tags."""

    def __init__(self, ocel: Ocel) -> None:
        self._ocel = ocel
        self._path: list[str] = []
        self._id = ""  # of the event or object that is open
        self._attribute: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0
        self.parts: set[str] = set()

    def doctype(self, *_: object) -> NoReturn:
        raise BadInput(
            f"`{self._ocel.path}` has a document type (`<!DOCTYPE`), which no event log needs and which can expand "
            "without end. Remove it; nothing was stored."
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self._path and name not in ("log", "ocel"):
            raise BadInput(f"`{self._ocel.path}` is XML, but no OCEL 2.0: its root element is `{name}`, not `log`.")
        if self._path == ["log"] and name == "trace":
            raise BadInput(f"`{self._ocel.path}` is XES, not OCEL: it has traces. Give it the suffix `.xes`.")
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise BadInput(f"`{self._ocel.path}` nests elements more than {_DEEPEST} deep, as no OCEL 2.0 does.")
        match self._path[1:]:
            case ["global"] | ["events", "event", "string" | "date"] | ["objects", "object", "string"]:
                self._ocel.refuse_first()
            case [part]:
                self.parts.add(part)
            case ["object-types", "object-type"] | ["event-types", "event-type"]:
                self._ocel.types.add((name.removesuffix("-type"), self._needed(attributes, "name", name)))
            case ["events", "event"]:
                self._id = self._needed(attributes, "id", name)
                self._ocel.events.add((self._id, attributes.get("type"), attributes.get("time")))
            case ["objects", "object"]:
                self._id = self._needed(attributes, "id", name)
                self._ocel.objects.add((self._id, attributes.get("type")))
            case ["events" | "objects", _, "attributes", "attribute"]:
                self._attribute, self._text, self._length = attributes, [], 0
            case ["events", "event", "objects", "relationship" | "object"]:
                target = self._needed(attributes, "object-id", name)
                self._ocel.relations.add((self._id, target, attributes.get("qualifier")))
            case ["objects", "object", "objects", "relationship" | "object"]:
                target = self._needed(attributes, "object-id", name)
                self._ocel.links.add((self._id, target, attributes.get("qualifier")))

    def text(self, data: str) -> None:
        self._length += len(data)
        if self._length > _LONGEST and self._path[-1] == "attribute":
            raise BadInput(f"`{self._ocel.path}` has a value of more than 1 MB, in `{self._id}`. Shorten it.")
        if self._path[-1] == "attribute":
            self._text.append(data)

    def end(self, _: str) -> None:
        if self._path[1:2] in (["events"], ["objects"]) and self._path[3:] == ["attributes", "attribute"]:
            name, value = self._needed(self._attribute, "name", "attribute"), "".join(self._text)
            if self._path[1] == "events":
                self._ocel.event_values.add((self._id, name, value))
            else:
                self._ocel.object_values.add((self._id, name, value, self._attribute.get("time")))
        self._path.pop()

    def _needed(self, attributes: dict[str, str], key: str, element: str) -> str:
        if not attributes.get(key):
            inside = f" in `{self._id}`" if self._id and len(self._path) > 3 else ""
            self._ocel.problems.append(f"an element `<{element}>`{inside} has no `{key}`")
        return attributes.get(key, "")
