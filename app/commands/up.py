"""`tandem up`: the dashboards and a worker, until Ctrl-C."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Json, workspace


def register(app: typer.Typer) -> None:
    """Add `up` to the command line."""
    app.command("up")(up)


def up(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port on 127.0.0.1. Default: TANDEM_PORT.")] = None,
    worker: Annotated[bool, typer.Option(help="Run a worker beside the dashboards.")] = True,
    json: Json = False,
) -> None:
    """Serve the dashboards on this machine, with a worker beside them, until Ctrl-C."""
    from app.output import console, show_json
    from app.serve import said_of, serve

    with workspace() as ws:

        def ready(address: str) -> None:
            if json:
                show_json({"address": address, "home": ws.settings.home, "worker": worker})
            else:
                console().print(said_of(address), markup=False)

        raise typer.Exit(serve(ws, worker=worker, port=port, ready=ready))
