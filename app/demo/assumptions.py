"""What the demo assumes, because no log can tell it. Everything else in its runs is drawn from the event log.

People, and systems that did a step before, take as long and cost as much as in the case that a run is drawn from.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.figures import per_cent


@dataclass(frozen=True)
class Assumption:
    """A figure that somebody said and no data shows."""

    value: float
    sentence: str  # with `{}` where the figure stands

    def __str__(self) -> str:
        figure = per_cent(self.value) if "{share}" in self.sentence else f"{self.value:g}"
        return self.sentence.replace("{share}", figure).replace("{}", figure)


AGENT_SERVICE = Assumption(0.2, "An agent needs {share} of the service time that the person had in the drawn case.")
AGENT_WAITING = Assumption(
    0.3,
    "Before an agent begins, {share} of the waiting time passes that passed in the drawn case; all of it where a task "
    "waits for somebody outside.",
)
AGENT_COST = Assumption(0.4, "An attempt of an agent costs {} in the currency of the log, where the log has costs.")
AGENT_ERRORS = Assumption(0.02, "{share} of the tasks of agents fail at the first attempt and are tried again.")
AGENT_GIVES_UP = Assumption(0.01, "{share} of the attempts of agents end with the agent asking a person instead.")
APPROVAL_HOURS = Assumption(4.0, "Half of the approvals are answered within {} hours.")
APPROVAL_REFUSED = Assumption(0.06, "{share} of the approvals are refused; a person then does the task.")

ALL = (AGENT_SERVICE, AGENT_WAITING, AGENT_COST, AGENT_ERRORS, AGENT_GIVES_UP, APPROVAL_HOURS, APPROVAL_REFUSED)
