"""A system of record that is spoken to in JSON over HTTP, set up by a file.

    {
      "kind": "http",
      "base": "https://erp.example",
      "headers": {"Authorization": "Bearer ${ERP_TOKEN}"},
      "actions": {
        "create_order": {
          "perform": "POST /orders",
          "look_up": "GET /orders/by-key/{key}",
          "arguments": ["amount", "supplier"],
          "results": ["number"]
        }
      }
    }

The key is sent in the header `Idempotency-Key`. A status of 2xx is done; of a look-up 404 means that nothing was done;
400, 403 and 422 are refusals, with nothing done. Everything else, no answer, one that breaks off, and one without a
named result leave the outcome unknown.
`${NAME}` in a header is read from the worker's environment: no secret stands in the file.
"""

from __future__ import annotations

import json
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.errors import BadInput, TandemError
from orchestrator.connectors.protocol import Absent, ActionShape, Call, Done, Refused

_REFUSED = frozenset({400, 403, 422})  # not 409: the same may be there already, or still be under way
_NOT_THERE = 404
_MOST = 1 << 20  # bytes of an answer
_ROUTE = re.compile(r"^(GET|POST|PUT|PATCH) (/\S*)$")
_SECRET = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class _Action(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    perform: str
    look_up: str
    arguments: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    @field_validator("perform", "look_up")
    @classmethod
    def _route(cls, value: str) -> str:
        if not _ROUTE.match(value):
            raise ValueError("write it like `POST /orders` or `GET /orders/by-key/{key}`")
        return value


class HttpSetup(BaseModel):
    """How a system is reached, as its file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    base: str
    headers: dict[str, str] = Field(default_factory=dict)
    actions: dict[str, _Action] = Field(min_length=1)

    @field_validator("base")
    @classmethod
    def _base(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise ValueError("write it like `https://erp.example`")
        return value.rstrip("/")


class _NoRedirects(HTTPRedirectHandler):
    """A redirect could lead anywhere, with the key and the secrets: it is no answer."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _Watched(Request):
    """A request whose connections are shut when its time is over, in the middle of whatever is being said."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._sockets: list[socket.socket] = []
        self._late = False

    @contextmanager
    def watch(self, seconds: float) -> Iterator[None]:
        """Shut what is connected after `seconds`, unless the block has ended by then. Raises TandemError if it was."""
        timer = threading.Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception:
            self._demand_in_time()
            raise
        else:
            self._demand_in_time()  # what breaks off may look whole
        finally:
            timer.cancel()

    def connected(self, connection: socket.socket) -> socket.socket:
        """The connection, on which an eye is kept."""
        self._sockets.append(connection)
        if self._late:
            self._shut()
        return connection

    def _demand_in_time(self) -> None:
        if self._late:
            raise TandemError("The system's answer took too long.")

    def _shut(self) -> None:
        self._late = True
        for each in self._sockets:
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)  # of TLS too: nothing is said to the other side


def _watching(kind: type[HTTPConnection], request: _Watched) -> Any:
    """The class of connections of this request."""

    class Connection(kind):  # type: ignore[valid-type, misc]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            begin: Callable[..., socket.socket] = self._create_connection  # type: ignore[has-type]
            self._create_connection = lambda *to: request.connected(begin(*to))  # before a proxy is spoken to

        def connect(self) -> None:
            super().connect()
            request.connected(self.sock)  # of TLS, it is another one now

    return Connection


class _Http(HTTPHandler):
    def http_open(self, request: Any) -> Any:
        return self.do_open(_watching(HTTPConnection, request), request)


class _Https(HTTPSHandler):
    def https_open(self, request: Any) -> Any:
        return self.do_open(_watching(HTTPSConnection, request), request)


class HttpConnector:
    """A system of record that is spoken to in JSON over HTTP."""

    def __init__(self, setup: HttpSetup) -> None:
        self._setup = setup
        self._opener = build_opener(_NoRedirects, _Http, _Https)

    @property
    def actions(self) -> Mapping[str, ActionShape]:
        """What it can do, by name."""
        return {name: ActionShape(name, a.arguments, a.results) for name, a in self._setup.actions.items()}

    @property
    def unset(self) -> tuple[str, ...]:
        """The variables that its headers are written with and that the environment lacks."""
        named = (name for value in self._setup.headers.values() for name in _SECRET.findall(value))
        return tuple(name for name in dict.fromkeys(named) if name not in os.environ)

    def perform(self, call: Call) -> Done | Refused:
        """What came of asking the system to do it. Raises what leaves the outcome unknown."""
        status, said = self._ask(self._setup.actions[call.action].perform, call, dict(call.arguments))
        if 200 <= status < 300:
            return Done(self._whole(call, said))
        if status in _REFUSED:
            return Refused(f"The system refused it with status {status}.")
        raise TandemError(f"The system answered with status {status}.")

    def look_up(self, call: Call) -> Done | Absent:
        """What the system did under the key. Raises what leaves that unknown."""
        status, said = self._ask(self._setup.actions[call.action].look_up, call, None)
        if 200 <= status < 300:
            return Done(self._whole(call, said))
        if status == _NOT_THERE:
            return Absent()
        raise TandemError(f"The system answered the look-up with status {status}.")

    def _whole(self, call: Call, said: dict[str, Any]) -> dict[str, Any]:
        """The answer, which has every result that the action names. Raises TandemError for one that has not."""
        missing = [name for name in self._setup.actions[call.action].results if said.get(name) is None]
        if missing:
            raise TandemError(f"The system's answer lacks {', '.join(f'`{name}`' for name in missing)}.")
        return said

    def _ask(self, route: str, call: Call, body: Mapping[str, Any] | None) -> tuple[int, dict[str, Any]]:
        method, path = route.split(" ", 1)
        request = _Watched(
            self._setup.base + path.replace("{key}", quote(call.key, safe="")),
            data=None if body is None else json.dumps(body).encode(),
            headers={**self._headers(), "Idempotency-Key": call.key, "Content-Type": "application/json"},
            method=method,
        )
        with request.watch(call.seconds), closing(self._opened(request, call.seconds)) as answer:
            if not 200 <= answer.status < 300:
                return answer.status, {}
            return answer.status, _object(_body(answer))

    def _opened(self, request: _Watched, seconds: float) -> Any:
        """The answer, once its headers are there, whatever its status. Raises TandemError when that takes too long."""
        try:
            return self._opener.open(request, timeout=seconds)
        except HTTPError as error:
            return error

    def _headers(self) -> dict[str, str]:
        return {name: _SECRET.sub(_from_environment, value) for name, value in self._setup.headers.items()}


def _from_environment(match: re.Match[str]) -> str:
    value = os.environ.get(match[1])
    if value is None:
        raise BadInput(f"The environment of the worker has no `{match[1]}`, which a connector needs.")
    return value


def _body(answer: Any) -> bytes:
    """The answer's body, one byte more than the most where it is longer. Raises TandemError for one that breaks off."""
    parts, size = [], 0
    while size <= _MOST and (part := answer.read1(_MOST + 1 - size)):
        parts.append(part)
        size += len(part)
    if size <= _MOST and answer.length:
        raise TandemError("The system's answer breaks off.")
    return b"".join(parts)


def _object(data: bytes) -> dict[str, Any]:
    """The answer as an object; raises where it is none, which leaves the outcome unknown until it is looked up."""
    if len(data) > _MOST:
        raise TandemError("The system's answer is too long.")
    said = json.loads(data or b"{}")
    if not isinstance(said, dict):
        raise TandemError("The system's answer is no JSON object.")
    return said
