"""Files that the browser sent, on disk for as long as a service verb reads them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import BadInput, TandemError


@contextmanager
def uploaded(name: str, content: bytes) -> Iterator[Path]:
    """The path of a file with this `content`, under its own name; gone at the end of the block.

    Raises BadInput for a name that is more than a file's name.
    """
    if not name or Path(name).name != name:
        raise BadInput(f"`{name}` is not the name of a file.")
    with TemporaryDirectory(prefix="tandem-upload-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            yield path
        except TandemError as error:
            error.message = error.message.replace(f"{folder}/", "")  # the sender knows the file by its name only
            raise
