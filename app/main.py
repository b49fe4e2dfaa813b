"""The command line. Every command parses, calls one service verb, and shows what came back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.commands import register
from app.failures import explained
from core.errors import TandemError

app = typer.Typer(
    name="tandem",
    help="Mine how work runs, decide who does it, govern it, run it, measure it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
register(app)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version as installed

        typer.echo(f"tandem {installed('tandem')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    pass


def main(arguments: list[str] | None = None) -> None:
    """Run one command; exit status 0, 2 for bad input, 1 for a failure, never a traceback."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The exit status of the command in `arguments` (default: those of the process)."""
    try:
        app(arguments, standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except TandemError as error:
        _complain(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        failure = explained(error)
        if failure is None:  # a mistake in Tandem: whoever mends it needs the traceback
            raise
        _complain(str(failure))
        return failure.exit_status
    return 0


def _complain(message: str) -> None:
    from app.output import console

    console(apart=True).print(message)
