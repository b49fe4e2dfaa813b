"""Every verb that writes, and which functions take an Actor without being a verb of their own."""

from __future__ import annotations

from collections.abc import Mapping

from app.verbs.deciding import DECIDING
from app.verbs.finding import FINDING
from app.verbs.governing import GOVERNING
from app.verbs.logs import LOGS
from app.verbs.maps import MAPS
from app.verbs.pilots import PILOTS
from app.verbs.running import RUNNING
from app.verbs.values import CatalogueEntry

CATALOGUE: tuple[CatalogueEntry, ...] = (*LOGS, *PILOTS, *DECIDING, *FINDING, *MAPS, *GOVERNING, *RUNNING)

PARTS: Mapping[str, str] = {  # functions that take an Actor, and which verb they are a part of, in words
    "core.actor.acting.acting": "Finds who acts; every verb does so.",
    "core.actor.verb.act": "The transaction of a verb.",
    "core.actor.verb.permit": "Asks before long work whether a verb may be done.",
    "core.actor.verb.stamp": "Records a verb in the transaction of what it stores.",
    "core.actor.verb.refuse": "Records that a verb was refused.",
    "core.actor.verb.known": "Whether anybody is known as an actor.",
    "governance.changing.change": "The transaction of a verb of governance.",
    "governance.people.ensure_acting": "Finds who acts, and makes the first administrator.",
    "governance.approvals.request_approval": "Asked by the gate for whoever was decided on; records approval.request.",
    "governance.approvals.answer_approval": "The half of `answer` that governance decides.",
    "governance.people.add_agent": "What `add_agent` of the catalogue does once the agent's address is checked.",
    "ingest.service.store": "What `import_log` and `import_query` share.",
    "ingest.personal.keys.forget_key": "What `forget_pseudonyms` does once the log is found.",
    "orchestrator.running.refusing.refusals": "Records what is refused inside a verb.",
}
