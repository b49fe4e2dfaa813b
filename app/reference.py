"""The reference of commands and settings as Markdown, made from the code: `python -m app.reference` rewrites docs/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from core.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"


def commands() -> str:
    """docs/commands.md: every command with its arguments and options."""
    from app.main import app

    root = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "Made from the code by `python -m app.reference`; a test compares it. Every command that shows something takes",
        "`--json`. Exit status: 0 done, 2 bad input (nothing was stored), 1 a failure.",
    ]
    for name, command in _leaves(root, "tandem"):
        lines += ["", f"## `{name}`", "", " ".join((command.help or "").split()), ""]
        lines += [f"- `{_spelling(parameter)}`: {_help(parameter)}" for parameter in _parameters(command)]
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip() + "\n"


def settings() -> str:
    """docs/settings.md: every setting with its meaning and default."""
    lines = [
        "# Settings",
        "",
        "Made from the code by `python -m app.reference`; a test compares it. Settings are environment variables, read",
        "once when a command starts.",
        "",
        "| variable | meaning | default |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `TANDEM_{name.upper()}` | {field.description} | {_default(name)} |")
    return "\n".join([*lines, *_BACKUPS]) + "\n"


_BACKUPS = (
    "",
    "## Backups",
    "",
    "`tandem backup FOLDER` copies the home while it is in use: database, event logs, calendars, connectors and the",
    "keys of pseudonyms. The folder is new or empty, and not in the home. The copy is a home by itself and is checked.",
    "To restore, stop `tandem up` and every worker, keep the damaged home, and put the copy in its place, or set",
    "`TANDEM_HOME` to it. PostgreSQL: `pg_dump`.",
)


def _default(name: str) -> str:
    dynamic = {"home": "the platform's user data folder", "user": "the account's name"}
    value = Settings.model_fields[name].default
    return dynamic.get(name) or (f"`{value}`" if value != "" else "empty")


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its full name. Typer brings its own Click, whose types are private."""
    if hasattr(command, "commands"):
        for child in sorted(command.commands):
            yield from _leaves(command.commands[child], f"{name} {child}")
    else:
        yield name, command


def _parameters(command: Any) -> Iterator[Any]:
    return (p for p in command.params if not getattr(p, "hidden", False))


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.name).upper() + ("..." if parameter.nargs == -1 else "")
    return ", ".join([*parameter.opts, *parameter.secondary_opts])


def _help(parameter: Any) -> str:
    return " ".join((getattr(parameter, "help", None) or "").split())


if __name__ == "__main__":
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    (DOCS / "settings.md").write_text(settings(), encoding="utf-8")
