"""The committed output of the generators, and where it lies. `python -m data` writes it again, byte for byte."""

from __future__ import annotations

from pathlib import Path

PROCUREMENT_LOG = Path(__file__).with_name("procurement.csv.gz")
PILOTS = Path(__file__).with_name("pilots.csv")
