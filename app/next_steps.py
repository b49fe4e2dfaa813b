"""The commands that follow when a workflow is prepared: what only the organisation knows stands in capitals."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.promotion.preparing import Preparation


def next_steps(made: Preparation, map_name: str) -> tuple[str, ...]:
    """The commands that follow, one after the other."""
    from orchestrator.promotion.drafting import agent_role, staff_role
    from orchestrator.promotion.preparing import OWNER_ROLE

    name, bindings, policies = made.workflow, quote(str(made.bindings)), quote(str(made.policies))
    return (
        f"tandem person add NAME --role {staff_role(name)}",
        f'tandem person add NAME --role "{OWNER_ROLE}"    # two of them: one signs what the other proposes',
        f"tandem agent add NAME --owner PERSON --sponsor PERSON --runtime RUNTIME --role {agent_role(name)}",
        f"tandem policy activate {policies}",
        f"tandem workflow promote {name} --map {quote(map_name)} --sla-hours HOURS --bindings {bindings}",
        f"tandem workflow sign {name}    # as the other process owner",
    )
