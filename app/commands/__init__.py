"""The commands, one module a noun. A module has `register(app)`; heavy rooms are imported inside the commands."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files

import typer


def noun(app: typer.Typer, name: str) -> typer.Typer:
    """The group of `tandem NAME`, for a module that adds verbs to one that another module has made before it."""
    return next(g.typer_instance for g in app.registered_groups if g.name == name and g.typer_instance is not None)


def register(app: typer.Typer) -> None:
    """Add the commands of every module of this package to `app`."""
    for module in sorted(f.name.removesuffix(".py") for f in files(__name__).iterdir() if f.name.endswith(".py")):
        if module != "__init__":
            import_module(f"{__name__}.{module}").register(app)
