"""A system of record that takes orders over HTTP, on this machine, and can misbehave as real ones do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote


@dataclass
class OrderSystem:
    """What it holds and how it behaves. Each entry of `moods` is used up by one POST: ok when there is none left."""

    orders: list[dict[str, Any]] = field(default_factory=list)  # every order that was made, with its key
    asked: list[str] = field(default_factory=list)  # keys of the POSTs, in their order
    looked_up: list[str] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    blind: int = 0  # so many look-ups are not answered
    blocked: threading.Event = field(default_factory=threading.Event)  # set when a POST with the mood `block` came
    go_on: threading.Event = field(default_factory=threading.Event)
    levels: int = 0  # of lists within each other that an answer has beside its number
    port: int = 0

    def setup(self) -> dict[str, Any]:
        """The file that sets it up as a connector."""
        action = {
            "perform": "POST /orders", "look_up": "GET /orders/{key}", "arguments": ["amount", "supplier"],
            "results": ["number"],
        }  # fmt: skip
        return {"kind": "http", "base": f"http://127.0.0.1:{self.port}", "actions": {"create_order": action}}


@contextmanager
def order_system() -> Iterator[OrderSystem]:
    """The system, answering."""
    system = OrderSystem()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            _post(self, system)

        def do_GET(self) -> None:
            _get(self, system)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    system.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield system
    finally:
        system.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _post(handler: BaseHTTPRequestHandler, system: OrderSystem) -> None:
    key = handler.headers["Idempotency-Key"]
    body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
    system.asked.append(key)
    mood = system.moods.pop(0) if system.moods else "ok"
    if mood == "refuse":
        return _answer(handler, 422, {"error": "no"})
    if mood == "nothing":  # the request is lost before anything is done
        return _hang_up(handler)
    if mood == "slow":  # it goes on with what nobody waits for any more
        system.go_on.wait(60)
    if mood == "block before":
        system.blocked.set()
        system.go_on.wait(60)
        return _hang_up(handler)
    system.orders.append({"key": key, **body})  # a careless system: it makes an order whenever it is asked
    if mood == "lost":  # done, and the answer is lost
        return _hang_up(handler)
    if mood == "conflict":
        return _answer(handler, 409, {"error": "already there"})
    if mood == "empty":
        return _answer(handler, 201, {})
    if mood == "huge":
        return _answer(handler, 201, {"number": 12345678901234567890})
    if mood.startswith("drip"):
        return _drip(handler, system, mood)
    if mood == "broken":  # it promises more than it sends
        handler.send_response(201)
        handler.send_header("Content-Length", "20")
        handler.end_headers()
        return _hang_up(handler)
    if mood == "block":
        system.blocked.set()
        system.go_on.wait(60)
        return _hang_up(handler)
    return _answer(handler, 201, {"number": f"PO-{len(system.orders)}", **_deep(system)})


def _get(handler: BaseHTTPRequestHandler, system: OrderSystem) -> None:
    key = unquote(handler.path.removeprefix("/orders/"))
    system.looked_up.append(key)
    if system.blind:
        system.blind -= 1
        return _hang_up(handler)
    for number, order in enumerate(system.orders, 1):
        if order["key"] == key:
            return _answer(handler, 200, {"number": f"PO-{number}", **_deep(system)})
    return _answer(handler, 404, {})


def _deep(system: OrderSystem) -> dict[str, Any]:
    found: list[Any] = []
    for _ in range(system.levels):
        found = [found]
    return {"deep": found} if system.levels else {}


def _answer(handler: BaseHTTPRequestHandler, status: int, data: dict[str, Any]) -> None:
    body = json.dumps(data).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _drip(handler: BaseHTTPRequestHandler, system: OrderSystem, mood: str) -> None:
    """An answer without an end, a little at a time: its headers, or a body whose length nobody said."""
    endless = b"X-Drip: 1\r\n" if mood == "drip headers" else b" "
    handler.wfile.write(b"HTTP/1.1 201 Created\r\n" + (b"" if mood == "drip headers" else b"\r\n{}"))
    with suppress(OSError):
        while not system.go_on.wait(0.1):
            handler.wfile.write(endless[:1])
            endless = endless[1:] + endless[:1]
    handler.close_connection = True


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.close()
