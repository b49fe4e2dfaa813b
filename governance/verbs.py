"""What governance can do that writes: each verb's name, what it acts on, and who may."""

from __future__ import annotations

from core.actor.verb import May, Verb

ADD_PERSON, ADD_AGENT = (Verb(f"{kind}.add", "Principal", May.ADMINISTRATOR) for kind in ("person", "agent"))
ADD_ROLE = Verb("role.add", "Role", May.ADMINISTRATOR)
ASSIGN_ROLE, WITHDRAW_ROLE = (Verb(f"role.{what}", "Principal", May.ADMINISTRATOR) for what in ("assign", "withdraw"))
STOP, START = (Verb(f"principal.{what}", "Principal", May.ADMINISTRATOR) for what in ("stop", "start"))
SET_LEVEL = Verb("agent.set_level", "Principal", May.ADMINISTRATOR)
DECLARE = Verb("action.declare", "Action", May.ADMINISTRATOR)
ACTIVATE, REACTIVATE = (Verb(f"policy.{what}", "PolicySet", May.ADMINISTRATOR) for what in ("activate", "reactivate"))
ERASE = Verb("audit.erase", "AuditRecord", May.ADMINISTRATOR)
GRANT, REFUSE = (Verb(f"approval.{what}", "Approval") for what in ("grant", "refuse"))
