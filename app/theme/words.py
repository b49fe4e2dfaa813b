"""The word, icon and tone of every state: never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Tone(StrEnum):
    """How a state stands."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True)
class Word:
    """What is shown for a state."""

    text: str
    icon: str  # a Material symbol's name
    tone: Tone

    @property
    def material(self) -> str:
        """Its icon as Streamlit writes it."""
        return f":material/{self.icon}:"

    @property
    def colour(self) -> str:
        """Streamlit's name of its colour, for badges."""
        return {Tone.GOOD: "green", Tone.ATTENTION: "orange", Tone.BAD: "red", Tone.QUIET: "gray"}[self.tone]

    @property
    def sign(self) -> str:
        """Its icon as one plain character, for cells of a table."""
        return {Tone.GOOD: "●", Tone.ATTENTION: "▲", Tone.BAD: "■", Tone.QUIET: "○"}[self.tone]

    def __str__(self) -> str:
        return f"{self.sign} {self.text}"


_SAID = {"allow": "Allowed", "deny": "Denied"}  # where the state is a verb

_WORDS: dict[str, tuple[str, Tone]] = {
    # decisions
    "allow": ("check_circle", Tone.GOOD),
    "needs approval": ("front_hand", Tone.ATTENTION),
    "deny": ("block", Tone.BAD),
    # approvals
    "pending": ("hourglass_empty", Tone.ATTENTION),
    "granted": ("check_circle", Tone.GOOD),
    "refused": ("block", Tone.BAD),
    "used": ("done_all", Tone.QUIET),
    "expired": ("timer_off", Tone.QUIET),
    # runs and work items
    "running": ("play_circle", Tone.GOOD),
    "paused": ("pause_circle", Tone.ATTENTION),
    "completed": ("check_circle", Tone.GOOD),
    "cancelled": ("cancel", Tone.QUIET),
    "failed": ("error", Tone.BAD),
    "open": ("radio_button_unchecked", Tone.ATTENTION),
    "claimed": ("person", Tone.ATTENTION),
    "waiting": ("hourglass_empty", Tone.ATTENTION),
    "withdrawn": ("undo", Tone.QUIET),
    "skipped": ("redo", Tone.QUIET),
    "not needed": ("redo", Tone.QUIET),
    # effects in systems of record; `refused`, `withdrawn` and `done` stand elsewhere
    "due": ("schedule", Tone.ATTENTION),
    "begun": ("sync", Tone.ATTENTION),
    "unknown": ("help", Tone.BAD),
    # decisions about pilots; `expired` and `withdrawn` stand above
    "stands": ("check_circle", Tone.GOOD),
    "replaced": ("history", Tone.QUIET),
    "scale": ("trending_up", Tone.GOOD),
    "refine": ("build", Tone.ATTENTION),
    "merge": ("merge", Tone.ATTENTION),
    "retire": ("archive", Tone.BAD),
    "nothing suggested": ("help", Tone.QUIET),
    # what came of an expectation
    "as expected": ("check_circle", Tone.GOOD),
    "missed": ("error", Tone.BAD),
    "cannot be scored": ("visibility_off", Tone.QUIET),
    # the road of a workflow
    "done": ("check_circle", Tone.GOOD),
    "next": ("arrow_circle_right", Tone.ATTENTION),
    "not yet": ("radio_button_unchecked", Tone.QUIET),
    # findings about an event log
    "dropped": ("delete", Tone.BAD),
    "repaired": ("build", Tone.ATTENTION),
    "warning": ("warning", Tone.ATTENTION),
    "note": ("info", Tone.QUIET),
    "serious": ("error", Tone.BAD),
    "measured": ("straighten", Tone.ATTENTION),
    "likely": ("help", Tone.QUIET),
    # risks of pilots
    "critical": ("gpp_bad", Tone.BAD),
    "high": ("error", Tone.BAD),
    "medium": ("warning", Tone.ATTENTION),
    "low": ("info", Tone.QUIET),
    "muted": ("notifications_off", Tone.QUIET),
    # agents that were found; `open` stands elsewhere
    "registered": ("check_circle", Tone.GOOD),
    "matched": ("link", Tone.GOOD),
    "dismissed": ("block", Tone.QUIET),
    # measurements and gates
    "passed": ("check_circle", Tone.GOOD),
    "not passed": ("error", Tone.BAD),
    "better": ("trending_up", Tone.GOOD),
    "worse": ("trending_down", Tone.BAD),
    "unchanged": ("trending_flat", Tone.QUIET),
    "no clear change": ("trending_flat", Tone.QUIET),
    "differs, but a drift could explain it": ("timeline", Tone.QUIET),
    "cannot be compared": ("visibility_off", Tone.QUIET),
    "not judged (assumed)": ("science", Tone.QUIET),
    "withheld": ("visibility_off", Tone.QUIET),
    "simulated": ("science", Tone.ATTENTION),
    # names that pilots use, pairs of pilots, rows of a sheet
    "mined": ("link", Tone.GOOD),
    "not mined": ("link_off", Tone.ATTENTION),
    "same work": ("content_copy", Tone.ATTENTION),
    "good fit": ("check_circle", Tone.GOOD),
    "fair fit": ("warning", Tone.ATTENTION),
    "bad fit": ("error", Tone.BAD),
}


def word(state: str | Enum) -> Word:
    """How `state` is shown; a state that has no entry is shown by its own name, quietly."""
    name = str(state.value if isinstance(state, Enum) else state).replace("_", " ")
    icon, tone = _WORDS.get(name.lower(), ("circle", Tone.QUIET))
    return Word(_SAID.get(name, name[:1].upper() + name[1:]), icon, tone)
