"""When two labels are one: activities and tasks are compared by this, wherever a model meets a log."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def label_key(label: str) -> str:
    """`label` as it is compared: one space for every run of blanks within it and none around it.

    Tools that write XML or tables turn tabs, line breaks, double and non-breaking spaces into others, and what looks
    alike to people is alike here.
    """
    return " ".join(xml_text(label).split())


def xml_text(text: str) -> str:
    """`text` as XML can hold it: of what it cannot, blanks become spaces and the rest U+FFFD."""
    return _NOT_XML.sub(lambda found: " " if found[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)
