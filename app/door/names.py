"""Who may ask the server: under which name of this machine, and from which page. Pure functions."""

from __future__ import annotations

from urllib.parse import urlsplit

OWN_NAMES = ("127.0.0.1", "localhost", "::1")
_OURS = ("", "same-origin", "none")  # what `Sec-Fetch-Site` says of our own pages, and of an address that was typed


def is_own_name(host: str | None, port: int | None = None) -> bool:
    """Whether `host`, a Host header, is this machine's own name: another one can be pointed here.

    With `port` it must be that port too, written or left out as browsers do.
    """
    if not host:
        return False
    try:
        found = urlsplit(f"//{host}")
        named = (found.hostname, found.port or 80)
    except ValueError:
        return False
    plain = found.netloc == host and found.username is None and not host.endswith(":")
    return plain and named[0] in OWN_NAMES and port in (None, named[1])


def is_own_page(origin: str | None, host: str | None) -> bool:
    """Whether the page of `origin`, an Origin header, is one of the server that is asked as `host`."""
    return origin is not None and bool(host) and origin in (f"http://{host}", f"https://{host}")


def may_ask(kind: str, method: str, headers: dict[str, str]) -> bool:
    """Whether a request comes from a page of this server or from an address that somebody opened.

    `kind` is "http" or "websocket". A websocket, and whatever may change something, must say where it comes from. What
    only reads may leave it out; a browser then says beside it whether another page embeds the answer.
    """
    origin = headers.get("origin")
    if origin is not None or kind == "websocket" or method not in ("GET", "HEAD"):
        return is_own_page(origin, headers.get("host"))
    opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
    return opened or headers.get("sec-fetch-site", "") in _OURS
