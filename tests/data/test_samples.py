"""The committed samples are what the generators write."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

from data import pilots, procurement
from data.__main__ import write
from data.samples import PILOTS, PROCUREMENT_LOG


def test_the_committed_log_equals_the_generators_output_byte_for_byte() -> None:
    # The content is compared, not its compression: that depends on the zlib which Python was built with.
    assert gzip.decompress(PROCUREMENT_LOG.read_bytes()) == procurement.to_csv(procurement.generate())


def test_the_committed_pilots_equal_the_generators_output_byte_for_byte() -> None:
    assert PILOTS.read_bytes() == pilots.to_csv(pilots.generate())


def test_writing_again_gives_the_same_files_whatever_the_hash_seed(tmp_path: Path) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    program = f"from pathlib import Path; from data.__main__ import write; write(Path({str(folder)!r}))"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": "4711"})
    log, sheet = write(tmp_path)
    assert (folder / log.name).read_bytes() == log.read_bytes()
    assert (folder / sheet.name).read_bytes() == sheet.read_bytes()


def test_the_samples_are_small() -> None:
    assert PROCUREMENT_LOG.stat().st_size + PILOTS.stat().st_size < 500_000


def test_another_seed_gives_another_log() -> None:
    assert procurement.to_csv(procurement.generate(20, seed=1)) != procurement.to_csv(procurement.generate(20, seed=2))
