"""The door of the dashboards' server: who comes in, and what every answer says to the browser about itself.

Any program of this machine can reach a port on 127.0.0.1, and any page in the browser can send it requests. So every
request must name this machine by its own name, must not come from the page of another site, and must carry the cookie
of a browser that came in by an address printed to the user who started the server.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from app.door import words
from app.door.names import is_own_name, may_ask
from app.door.tokens import PARAMETER, Sessions, spend

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEALTH = "/_stcore/health"  # says "ok" to whoever asks, and nothing else
_SAID = {  # on every answer
    # Nothing is loaded from, sent to or framed by any other server. Streamlit and its charts make code and styles in
    # the page, so those are not limited further.
    b"content-security-policy": (
        b"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
        b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}
_Headers = list[tuple[bytes, bytes]]


def cookie_of(port: int) -> str:
    """The name of the cookie of the server on `port`: browsers keep cookies by machine, not by port."""
    return f"tandem_{port}"


class Door:
    """Middleware: lets in who may come in, answers all others itself, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, home: Path) -> None:
        self._app, self._home = app, home
        self._sessions = Sessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it: 403 for other names and pages, 401 without a session."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        port, headers, method = scope["server"][1], _named(scope["headers"]), scope.get("method", "GET")
        known = any(self._sessions.knows(secret) for secret in _cookies(headers.get("cookie", ""), cookie_of(port)))
        rest, token = _without_token(scope["query_string"])
        if not is_own_name(headers.get("host"), port) or not may_ask(scope["type"], method, headers):
            await _answer(scope, send, 403, words.foreign(port))
        elif token is not None and scope["type"] == "http" and method == "GET":
            entered = spend(self._home, port, token)
            if not entered and not known:
                await _answer(scope, send, 401, words.closed(spent=True))
                return
            begun = [] if known else [(b"set-cookie", _cookie(port, self._sessions.begin()))]
            there = f"http://{headers['host']}{_path(scope)}{'?' + rest if rest else ''}"
            await _answer(scope, send, 303, "", [(b"location", there.encode("latin-1")), *begun])
        elif known or (scope["path"] == HEALTH and method in ("GET", "HEAD")):
            await self._pass(scope, receive, send)
        else:
            await _answer(scope, send, 401, words.closed(spent=False))

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def say(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": _said_too(message.get("headers", []))}
            await send(message)

        try:
            await self._app(scope, receive, say)
        except Exception:
            if scope["type"] == "http" and not begun:  # else the server answers without the headers
                await _answer(scope, send, 500, words.broken())
            raise


async def _answer(scope: Scope, send: Send, status: int, page: str, more: _Headers | None = None) -> None:
    """Answer a request with `page`; refuse a websocket with the same status."""
    kind = "http" if scope["type"] == "http" else "websocket.http"
    if kind != "http" and "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    body = page.encode("utf-8")
    headers = [
        (b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode("ascii")),
        (b"cache-control", b"no-store"), *(more or []),
    ]  # fmt: skip
    await send({"type": f"{kind}.response.start", "status": status, "headers": _said_too(headers)})
    await send({"type": f"{kind}.response.body", "body": b"" if scope.get("method") == "HEAD" else body})


def _said_too(headers: _Headers) -> _Headers:
    return [*((name, value) for name, value in headers if name.lower() not in _SAID), *_SAID.items()]


def _named(headers: _Headers) -> dict[str, str]:
    """Headers by name. One that comes twice has both values, which is no name and no origin."""
    found: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}; {text}" if key in found else text
    return found


def _cookies(header: str, name: str) -> list[str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return [value for key, _, value in pairs if key == name]


def _cookie(port: int, secret: str) -> bytes:
    return f"{cookie_of(port)}={secret}; Path=/; HttpOnly; SameSite=Strict".encode("ascii")


def _without_token(query: bytes) -> tuple[str, str | None]:
    """The rest of a query as it was written, and the token in it."""
    parts = query.decode("latin-1").split("&")
    tokens = [part.partition("=")[2] for part in parts if part.partition("=")[0] == PARAMETER]
    rest = [part for part in parts if part.partition("=")[0] != PARAMETER]
    return "&".join(rest), tokens[0] if tokens else None


def _path(scope: Scope) -> str:
    return quote(scope["path"], safe="/:@!$&'()*+,;=-._~")
