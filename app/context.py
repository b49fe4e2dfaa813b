"""What every command starts with: the workspace, and who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from core.actor.values import Actor
    from core.workspace import Workspace

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]
All = Annotated[bool, typer.Option("--all", help="List every one, not only the first 20.")]
Filters = Annotated[str, typer.Option("--filters", help="Filters as JSON, or `@name` of a saved set. Default: none.")]
Acting = Annotated[str, typer.Option("--as", help="Name of the person who acts. Default: TANDEM_USER.")]


def version_number(text: str) -> int:
    """The number of a version, which may be written as output writes it: `2` or `v2`."""
    digits = str(text).strip().lower().removeprefix("v")
    if not digits.isdecimal():
        raise typer.BadParameter(f"`{text}` is no version. Say its number, such as 2 or v2.")
    return int(digits)


def numbered(name: str, meaning: str) -> Any:
    """An option for the number of a version."""
    return typer.Option(name, parser=version_number, metavar="NUMBER", help=meaning)


Version = Annotated[int | None, numbered("--version", "Which version. Default: the newest.")]


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The workspace that the environment names, closed at the end of the block."""
    from core.workspace import open_workspace

    opened = open_workspace()
    try:
        yield opened
    finally:
        opened.close()


def actor(ws: Workspace, named: str = "") -> Actor:
    """Who acts: the person `named` by the command, else by the settings. In local mode nobody proves it."""
    from core.actor.values import local

    return local(named or ws.settings.user)
