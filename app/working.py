"""A sign of life on the terminal; apart from the output, because few commands need it and it takes long to import."""

from __future__ import annotations

from typing import Any

from rich.status import Status

from app.output import text_of


class Working(Status):
    """Rich's status, of which no text is read as markup."""

    def __init__(self, status: Any, **options: Any) -> None:
        super().__init__(text_of(status), **options)

    def update(self, status: Any = None, **options: Any) -> None:
        """Show `status` from now on."""
        super().update(None if status is None else text_of(status), **options)
