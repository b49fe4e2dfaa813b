"""What the pages need of the browser beside Streamlit: one script that stands in the page itself."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PLAIN = (b"accept-encoding", b"if-none-match", b"if-modified-since")  # headers that ask for less than the plain page
_END = b"</head>"


class WithScript:
    """Middleware: every HTML page of the server carries `page.js`, which runs before the page's own scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer with a page is held until it is whole, and sent on with the script."""
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def with_script(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body") or start is None:
                return
            whole = body.replace(_END, _script() + _END, 1)
            await send({**start, "headers": [*_without(start["headers"], b"content-length", b"etag"),
                                             (b"content-length", str(len(whole)).encode("ascii"))]})  # fmt: skip
            await send({"type": "http.response.body", "body": whole})

        await self._app({**scope, "headers": _without(scope["headers"], *_PLAIN)}, receive, with_script)


def _asks_for_page(scope: Scope) -> bool:
    wanted = dict(scope["headers"]).get(b"accept", b"")
    return scope["method"] == "GET" and b"text/html" in wanted


def _without(headers: list[tuple[bytes, bytes]], *names: bytes) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in names]


@cache
def _script() -> bytes:
    return b"<script>" + files("app.browser").joinpath("page.js").read_bytes() + b"</script>"
