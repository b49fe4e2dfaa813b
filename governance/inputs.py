"""What a decision needs to know: the policy set in force and who acts, read once for each version of governance.

Whoever changes governance raises its version in the same transaction. A decider reads the version in its own, and what
is known of that version holds. What is read is believed only as the audit chain bears it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Connection, Engine

from core.actor.acting import acting_by_id
from core.actor.values import Acting
from core.audit.borne import newest_state
from core.database import within
from governance.policies import in_force, newest_activation
from governance.values import PolicySet
from governance.version import READ, current_version

_MOST = 4_096  # principals remembered


@dataclass
class Inputs:
    """What is known of one version of governance."""

    version: tuple[int, int]  # of governance, and the newest record that bears a state
    policy_set: PolicySet
    activation: int  # number of the activation that put it in force; 0: none did
    _acting: dict[str, Acting | None] = field(default_factory=dict)

    def acting(self, connection: Connection, who: str) -> Acting | None:
        """The principal with the id `who` and what its roles give it; None where nobody has the id.

        Raises IntegrityError where the audit chain does not bear what is stored.
        """
        if who not in self._acting:
            if len(self._acting) >= _MOST:
                self._acting.clear()
            self._acting[who] = acting_by_id(connection, who)
        return self._acting[who]


_newest: WeakKeyDictionary[Engine, Inputs] = WeakKeyDictionary()
_guard = Lock()


def inputs(connection: Connection) -> Inputs:
    """What decisions in this transaction are made from. Raises IntegrityError where the chain does not bear it."""
    here: Inputs | None = connection.info.get(READ)
    if here is not None:
        return here
    # the number alone would be believed as it stands; what the chain bears cannot be set back
    version = (current_version(connection), newest_state(connection))
    with _guard:
        known = _newest.get(connection.engine)
    if known is None or known.version != version:
        known = Inputs(version, in_force(connection), newest_activation(connection))
        with _guard:
            _newest[connection.engine] = known
    if within(connection):
        connection.info[READ] = known
    return known
