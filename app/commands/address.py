"""`tandem address`: a fresh one-time address of the dashboards that run."""

from __future__ import annotations

from typing import Annotated

import typer

from app.context import Json


def register(app: typer.Typer) -> None:
    """Add `address` to the command line."""
    app.command("address")(address)


def address(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the dashboards. Default: those that run.")
    ] = None,
    json: Json = False,
) -> None:
    """Print a fresh address that opens the running dashboards of this home in one more browser, once."""
    from app.output import console, show_json
    from app.serve import fresh_address
    from core.settings import load_settings

    found = fresh_address(load_settings(), port)
    if json:
        show_json({"address": found})
    else:
        console().print(found, markup=False)
