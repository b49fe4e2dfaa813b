"""The catalogue of verbs: everything that can be done and writes. Faces import what they do from here.

A room is imported when one of its verbs is first asked for, so that a command pays for what it does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.verbs.agents import add_agent
    from app.verbs.catalogue import CATALOGUE, PARTS
    from app.verbs.values import Argument, CatalogueEntry
    from core.backup import back_up_home
    from core.calendar import delete_calendar, save_calendar
    from core.selection.kept import forget_selection, save_selection
    from governance import (
        activate_policies,
        add_person,
        add_role,
        assign_role,
        declare_actions,
        erase_payload,
        reactivate_policies,
        set_active,
        set_autonomy_level,
        withdraw_role,
    )
    from ingest import clean, forget_mapping, forget_pseudonyms, import_log, import_query, save_mapping, undo
    from inventory import (
        add_pilot,
        answer_tick_list,
        decide,
        discover_agents,
        dismiss_finding,
        edit_pilot,
        edit_pilots,
        expect,
        finish_follow_up,
        forget_layout,
        import_pilots,
        link_activity,
        match_finding,
        mute_risk,
        register_finding,
        store_discovery,
        unlink_activity,
        unmute_risk,
        withdraw_decision,
    )
    from kpi import freeze_baseline
    from mining.allocation import allocate, answer_task, override
    from mining.conformance import allow, withdraw
    from mining.map.maps import save_map
    from mining.whatif import keep_scenario
    from orchestrator.monitoring.export import export_runs
    from orchestrator.promotion.preparing import prepare
    from orchestrator.promotion.promote import promote, sign
    from orchestrator.running.approving import answer
    from orchestrator.running.inbox import claim, complete, decide_item, reject, release
    from orchestrator.running.runs import cancel_run, pause_run, resume_run, retry_run, start_run, start_runs

__all__ = [
    "CATALOGUE",
    "PARTS",
    "Argument",
    "CatalogueEntry",
    "activate_policies",
    "add_agent",
    "add_person",
    "add_pilot",
    "add_role",
    "allocate",
    "allow",
    "answer",
    "answer_task",
    "answer_tick_list",
    "assign_role",
    "back_up_home",
    "cancel_run",
    "claim",
    "clean",
    "complete",
    "decide",
    "decide_item",
    "declare_actions",
    "delete_calendar",
    "discover_agents",
    "dismiss_finding",
    "edit_pilot",
    "edit_pilots",
    "erase_payload",
    "expect",
    "export_runs",
    "finish_follow_up",
    "forget_layout",
    "forget_mapping",
    "forget_pseudonyms",
    "forget_selection",
    "freeze_baseline",
    "import_log",
    "import_pilots",
    "import_query",
    "keep_scenario",
    "link_activity",
    "match_finding",
    "mute_risk",
    "override",
    "pause_run",
    "prepare",
    "promote",
    "reactivate_policies",
    "register_finding",
    "reject",
    "release",
    "resume_run",
    "retry_run",
    "save_calendar",
    "save_map",
    "save_mapping",
    "save_selection",
    "set_active",
    "set_autonomy_level",
    "sign",
    "start_run",
    "start_runs",
    "store_discovery",
    "undo",
    "unlink_activity",
    "unmute_risk",
    "withdraw",
    "withdraw_decision",
    "withdraw_role",
]

_FROM = {
    "app.verbs.catalogue": ("CATALOGUE", "PARTS"),
    "app.verbs.values": ("Argument", "CatalogueEntry"),
    "core.backup": ("back_up_home",),
    "core.calendar": ("delete_calendar", "save_calendar"),
    "core.selection.kept": ("forget_selection", "save_selection"),
    "app.verbs.agents": ("add_agent",),
    "governance": (
        "activate_policies",
        "add_person",
        "add_role",
        "assign_role",
        "declare_actions",
        "erase_payload",
        "reactivate_policies",
        "set_active",
        "set_autonomy_level",
        "withdraw_role",
    ),
    "ingest": ("clean", "forget_mapping", "forget_pseudonyms", "import_log", "import_query", "save_mapping", "undo"),
    "inventory": (
        "add_pilot",
        "answer_tick_list",
        "decide",
        "discover_agents",
        "dismiss_finding",
        "edit_pilot",
        "edit_pilots",
        "expect",
        "finish_follow_up",
        "forget_layout",
        "import_pilots",
        "link_activity",
        "mute_risk",
        "match_finding",
        "register_finding",
        "store_discovery",
        "unlink_activity",
        "withdraw_decision",
        "unmute_risk",
    ),
    "kpi": ("freeze_baseline",),
    "mining.allocation": ("allocate", "answer_task", "override"),
    "mining.conformance": ("allow", "withdraw"),
    "mining.map.maps": ("save_map",),
    "mining.whatif": ("keep_scenario",),
    "orchestrator.monitoring.export": ("export_runs",),
    "orchestrator.promotion.preparing": ("prepare",),
    "orchestrator.promotion.promote": ("promote", "sign"),
    "orchestrator.running.approving": ("answer",),
    "orchestrator.running.inbox": ("claim", "complete", "decide_item", "reject", "release"),
    "orchestrator.running.runs": ("cancel_run", "pause_run", "resume_run", "retry_run", "start_run", "start_runs"),
}  # fmt: skip
_LATER = {name: module for module, names in _FROM.items() for name in names}


def __getattr__(name: str) -> Any:
    """A name of the catalogue, from the room that has it. Raises AttributeError for what there is not."""
    if name not in _LATER:
        raise AttributeError(f"module `app.verbs` has no attribute `{name}`")
    globals()[name] = found = getattr(import_module(_LATER[name]), name)
    return found
