"""`python -m data`: write the samples again."""

from __future__ import annotations

import gzip
from pathlib import Path

from data import pilots, procurement
from data.samples import PILOTS, PROCUREMENT_LOG


def compressed(content: bytes) -> bytes:
    """`content` in gzip without a name or a time in it, so that the same content gives the same file."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def write(folder: Path) -> tuple[Path, Path]:
    """Both samples in `folder`: the procurement log and the pilots."""
    log, sheet = folder / PROCUREMENT_LOG.name, folder / PILOTS.name
    log.write_bytes(compressed(procurement.to_csv(procurement.generate())))
    sheet.write_bytes(pilots.to_csv(pilots.generate()))
    return log, sheet


if __name__ == "__main__":
    write(PROCUREMENT_LOG.parent)
