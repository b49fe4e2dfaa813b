"""The commands, one module a noun. A module has `register(app)`; heavy rooms are imported inside the commands."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of every module of this package to `app`."""
    for module in sorted(f.name.removesuffix(".py") for f in files(__name__).iterdir() if f.name.endswith(".py")):
        if module != "__init__":
            import_module(f"{__name__}.{module}").register(app)
