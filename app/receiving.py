"""Files that browsers send: written to the disk as they arrive, never held in memory, and swept after a day."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.door.names import is_own_name, is_own_page
from core.errors import BadInput
from core.settings import Settings, load_settings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

ROUTE = "/tandem/upload"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_KEPT_SECONDS = 86_400
_BATCH = 4 << 20


def uploads_folder(settings: Settings) -> Path:
    """Where files that browsers sent lie, each in a folder of its own."""
    return settings.home / "uploads"


def received(settings: Settings, token: str) -> Path | None:
    """The file that was sent under `token`; None where there is none (any more)."""
    folder = uploads_folder(settings) / token
    if not _TOKEN.fullmatch(token) or not folder.is_dir():
        return None
    return next((path for path in folder.iterdir() if not path.name.startswith(".")), None)


def discard(settings: Settings, token: str) -> None:
    """Remove what was sent under `token`."""
    if _TOKEN.fullmatch(token):
        shutil.rmtree(uploads_folder(settings) / token, ignore_errors=True)


def sweep(settings: Settings) -> None:
    """Remove what was sent more than a day ago."""
    folder = uploads_folder(settings)
    for old in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # another request may sweep, or a page discard, at the same time
            if time.time() - old.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(old, ignore_errors=True)


def check_file_name(name: str) -> str:
    """`name` if it is a file's name and nothing more. Raises BadInput."""
    plain = name.isprintable() and name == Path(name).name and not name.startswith(".")
    if not name or not plain or len(name.encode(errors="replace")) > 200:
        raise BadInput(f"`{name[:100]}` is not the name of a file.")
    return name


async def receive(request: Request) -> Response:
    """The answer to a file that a page of this very server sends: its token, or in words why it was not taken."""
    from starlette.requests import ClientDisconnect
    from starlette.responses import JSONResponse, PlainTextResponse

    host = request.headers.get("host")
    if not is_own_name(host) or not is_own_page(request.headers.get("origin"), host):  # as the door sees to; twice
        return PlainTextResponse("Files are taken from the pages of this server only.", 403)
    settings = load_settings()
    try:
        name = check_file_name(request.query_params.get("name", ""))
    except BadInput as error:
        return PlainTextResponse(error.message, 400)
    await asyncio.to_thread(sweep, settings)
    token = secrets.token_hex(16)
    try:
        size = await _write(request, uploads_folder(settings) / token, name, int(settings.upload_gigabytes * 1e9))
    except BadInput as error:
        discard(settings, token)
        return PlainTextResponse(error.message, 413)
    except OSError as error:
        discard(settings, token)
        return PlainTextResponse(f"The file cannot be written on the server: {error.strerror}.", 507)
    except ClientDisconnect:
        discard(settings, token)
        return PlainTextResponse("The browser went away.", 400)  # nobody reads it
    except BaseException:
        discard(settings, token)  # the server stops
        raise
    return JSONResponse({"id": token, "name": name, "size": size})


async def _write(request: Request, folder: Path, name: str, most: int) -> int:
    """Bytes written; the file has its name only once it is whole."""
    folder.mkdir(parents=True)
    aside, size, waiting = folder / ".arriving", 0, bytearray()
    with aside.open("wb") as handle:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise BadInput(
                    f"The file is larger than {most / 1e9:g} GB, the most that TANDEM_UPLOAD_GIGABYTES allows."
                )
            waiting += chunk
            if len(waiting) >= _BATCH:
                await asyncio.to_thread(handle.write, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(handle.write, bytes(waiting))
    aside.rename(folder / name)
    return size
