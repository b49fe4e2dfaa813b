"""Sentences that name options of a command, for faces that have none."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r" [^.]*`--[^`]*`[^.]*\.")
_ASIDE = re.compile(r" \([^()]*`--[^`]*`[^()]*\)")


def without_options(text: str) -> str:
    """`text` without the sentences and the asides that say which option of a command would settle it."""
    return _SENTENCE.sub("", _ASIDE.sub("", text))
