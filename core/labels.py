"""When two labels are one: activities and tasks are compared by this, wherever a model meets a log."""

from __future__ import annotations


def label_key(label: str) -> str:
    """`label` with one space for every run of blanks within it and none around it; non-breaking ones are blanks too.

    Tools that write XML or tables turn tabs, line breaks and double spaces into others, and what looks alike to
    people is alike here.
    """
    return " ".join(label.split())
