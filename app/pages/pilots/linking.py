"""A click links a pilot's own words to a mined activity, or takes that back."""

from __future__ import annotations

from app.pages.parts import act
from app.pages.state import actor
from app.verbs import link_activity, unlink_activity
from core.workspace import Workspace
from inventory import GapCandidate, Link


def link_words(ws: Workspace, named: Link | GapCandidate, activity: str, log: str) -> None:
    """From now on the words of the pilot stand for `activity` of `log`."""
    act(
        lambda: link_activity(ws, named.pilot, named.label, activity, log, by=actor()),
        f"“{named.label}” of {named.pilot_name} stands for {activity} in {log} from now on",
    )


def unlink_words(ws: Workspace, named: Link) -> None:
    """They stand for nothing that was mined any more."""
    act(
        lambda: unlink_activity(ws, named.pilot, named.label, by=actor()),
        f"“{named.label}” of {named.pilot_name} stands for nothing that was mined",
    )
