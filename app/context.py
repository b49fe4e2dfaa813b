"""What every command starts with: the workspace, and who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from core import Workspace, open_workspace

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]
Acting = Annotated[str, typer.Option("--as", help="Name of the person who acts. Default: TANDEM_USER.")]


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The workspace that the environment names, closed at the end of the block."""
    opened = open_workspace()
    try:
        yield opened
    finally:
        opened.close()
