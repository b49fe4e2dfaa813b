"""The built JavaScript of the components, sent as files that browsers keep.

Streamlit would send a component's JavaScript within every message that changes it, hundreds of kilobytes over the
socket for each filter, and no browser could keep it. So what Streamlit gets is one line that imports the file from this
server, under a name with the digest of what it holds: a browser fetches it once. The answer with the page that draws a
map names the file in its header already, so that it arrives while Streamlit starts.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.components.build import COMPONENTS
from core.errors import TandemError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROUTE = "/tandem/component/{file}"
_FOLDER = Path(__file__).parent
_EARLY = {"/process_map": "process_map"}  # the page and the component that it certainly draws
_FOR_EVER = "public, immutable, max-age=31536000"  # the name changes with the content


@cache
def renderer(name: str, words: str) -> Any:
    """The Streamlit component `tandem_<name>`, whose JavaScript the browser fetches from this server.

    Raises TandemError, in which `words` name it, where it was never built.
    """
    import streamlit as st

    if not _bundle(name).exists():
        raise TandemError(f"{words} is not built. Run `python -m app.components.build` once, then reload.")
    address = f'new URL("{address_of(name)}", location.origin).href'
    return st.components.v2.component(
        f"tandem_{name}", js=f"const built = await import({address});\nexport default built.default;\n"
    )


@cache
def address_of(name: str) -> str:
    """Where the server has the built JavaScript of the component `name`. Raises OSError where it was never built."""
    return ROUTE.format(file=f"{name}.{hashlib.sha256(_content(name)).hexdigest()[:16]}.js")


async def send_bundle(request: Request) -> Response:
    """The answer to a browser that fetches a component: the file, to be kept; 404 where no such file is built."""
    from starlette.responses import PlainTextResponse, Response

    name = str(request.path_params["file"]).split(".")[0]
    if name not in COMPONENTS or not _bundle(name).exists() or request.url.path != address_of(name):
        return PlainTextResponse("This component is not here (any more). Reload the page.", 404)
    return Response(_content(name), media_type="text/javascript", headers={"Cache-Control": _FOR_EVER})


class EarlyBundles:
    """Middleware: the answer with a page says which component the page will draw, so that the browser fetches it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; to the answer with a page that certainly draws one the header is added."""
        name = _EARLY.get(scope.get("path", "")) if scope["type"] == "http" else None
        if name is None or not _bundle(name).exists():
            await self._app(scope, receive, send)
            return

        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                link = f"<{address_of(name)}>; rel=modulepreload".encode("ascii")
                message = {**message, "headers": [*message["headers"], (b"link", link)]}
            await send(message)

        await self._app(scope, receive, with_link)


@cache
def _content(name: str) -> bytes:
    """Kept, so that the name never stands for what a later build put into the file."""
    return _bundle(name).read_bytes()


def _bundle(name: str) -> Path:
    return _FOLDER / name / "dist" / f"{name}.js"
