"""A home in which every verb of the catalogue can be done once, and how: from the command line and from a page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app import verbs as v
from core.actor.values import local
from core.calendar import calendar_from_dict, parse_hours
from core.settings import Settings
from core.tree import Operator, ProcessTree
from core.view import View
from core.workspace import Workspace, open_workspace
from governance import Action, Request, authorise, request_approval
from ingest import ColumnMapping, step_from_json
from mining.allocation import AllocationOutcome, TaskAnswer, TaskQuestion
from mining.whatif import TaskByAgent
from orchestrator.machine.task import Doer
from orchestrator.machine.values import DecidedBy, DecisionSpec
from orchestrator.promotion.drafting import draft_bindings
from orchestrator.running.runs import get_run
from tests.app.act import ADA, LATER, WHY, Act
from tests.app.acts_of_pilots import PILOT_ACTS, prepare_pilots
from tests.builders import staged_log
from tests.orchestrator.office import BINDINGS, POLICIES, governed, mapped
from tests.orchestrator.running import choice, promoted, spec, task, workflow_of

AGENT = "Drafting agent"
STOPPED = "Stan"  # who had every role that a verb here asks for
NOBODY = "Mallory Unknown"
WITHOUT = "Nora"  # an active person without any role
_CALENDAR = {"name": "late", "time_zone": "UTC", "hours": parse_hours(["mon-fri 09:00-17:00"])}
_RUNTIME = "python:tests.orchestrator.agents:draft"
_MERGE = {"step": "merge_labels", "mapping": [["Ship", "Send"]]}
_HIDE = {"step": "pseudonymise", "column": "performer"}


def _simple(name: str, tree: ProcessTree, decisions: Mapping[str, DecisionSpec] | None = None) -> Any:
    person: dict[str, Any] = {"doer": Doer.PERSON, "role": "staff", "agent": None, "escalation": ("process owner",)}
    tasks = [
        replace(spec(node, leaf.label or "", "order.receive", **person), resource_type="Order")
        for node, leaf in tree.nodes() if leaf.operator is Operator.TASK
    ]  # fmt: skip
    return replace(workflow_of(name, tree, tasks, decisions), owner_role="process owner")


def prepare_home(settings: Settings, folder: Path) -> dict[str, Any]:
    """Fill the home of `settings`, and write the files that verbs read into `folder`; the ids of what is in it."""
    ws = open_workspace(settings)
    try:
        governed(ws)
        mapped(ws)
        v.add_person(ws, STOPPED, roles=["staff", "process owner", "administrator"], by=ADA)
        v.set_active(ws, STOPPED, active=False, reason="left", by=ADA)
        v.add_person(ws, WITHOUT, by=ADA)
        v.add_person(ws, "Paula", roles=["process owner"], by=ADA)  # with no part in the agent
        return {**_logs(ws), **_runs(ws), **_files(folder), **prepare_pilots(ws, folder)}
    finally:
        ws.close()


def _logs(ws: Workspace) -> dict[str, Any]:
    rows = [(str(n), a, f"2026-01-0{n} {h}:00", f"2026-01-0{n} {h}:30", "Sam") for n in (1, 2, 3)
            for a, h in (("Receive", 10), ("Ship", 11))]  # fmt: skip
    staged_log(ws, rows, "plain")
    v.clean(ws, "plain", None, [step_from_json(_HIDE)], by=ADA)
    v.save_map(ws, "fresh", View("plain"), by=ADA)
    hours = [datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=3 * n) for n in range(200)]
    staged_log(ws, [(f"{h:%j-%H}", "Pay", h, h + timedelta(minutes=20), "Sam", "human") for h in hours], "steady")
    v.save_map(ws, "steady", View("steady"), by=ADA)
    v.allow(ws, "orders", "map orders@1", "skipped: Ship", "known", ADA)
    v.save_selection(ws, "orders", "old", View("orders").selection, by=ADA)
    v.save_calendar(ws, calendar_from_dict({**_CALENDAR, "name": "old"}), by=ADA)
    v.save_mapping(ws, ColumnMapping("old", {"case": "c"}), by=ADA)
    sheet = ws.settings.home.parent / "old pilots.csv"
    sheet.write_text("name,department\nOld pilot,Finance\nOther pilot,Finance\n")
    v.import_pilots(ws, sheet, keep="old", by=ADA)
    v.mute_risk(ws, "Other pilot", "no_owner", reason="because", until=LATER, by=ADA)
    return {}


def _runs(ws: Workspace) -> dict[str, Any]:
    promoted(ws, _simple("simple", ProcessTree(Operator.SEQUENCE, children=(task("Receive"), task("Check")))))
    ways = choice(task("Receive"), task("Check"))
    promoted(ws, _simple("ways", ways, {"0": DecisionSpec("0", DecidedBy.PERSON, role="staff")}))
    v.promote(ws, "orders", map_name="orders", tasks=BINDINGS, sla_seconds=8 * 3600.0, by=ADA)
    runs = {name: v.start_run(ws, "simple", by=ADA).id for name in ("open", "claimed", "paused", "failed", "done")}
    items = {f"{name}_item": get_run(ws, run).items[0].id for name, run in runs.items()}
    items["way"] = get_run(ws, v.start_run(ws, "ways", by=ADA).id).items[0].id
    v.claim(ws, items["claimed_item"], local("Sam"))
    v.pause_run(ws, runs["paused"], reason="audit", by=local("Olga"))
    for who in ("Sam", "Olga"):
        v.reject(ws, get_run(ws, runs["failed"]).items[-1].id, reason="no", by=local(who))
    v.complete(ws, items["done_item"], by=local("Sam"))
    return {**runs, **items, "grant": _asked(ws, "PO-1"), "refuse": _asked(ws, "PO-2")}


def _asked(ws: Workspace, order: str) -> str:
    facts = {"amount": 9000, "fields": ["amount", "draft"]}
    request = Request("agent-drafting-agent", "order.draft", "Order", order, facts, payload={"amount": 9000})
    decision = authorise(ws, request, key=order).decision
    return request_approval(ws, request, decision, role="process owner", by=local(request.principal)).id


def _files(folder: Path) -> dict[str, Any]:
    csv = folder / "sales.csv"
    csv.write_text("case,activity,end\n1,Sell,2026-01-05 08:00\n1,Pay,2026-01-06 08:00\n")
    with sqlite3.connect(folder / "sales.db") as db:
        db.execute("CREATE TABLE sale (case_id TEXT, activity TEXT, done TEXT)")
        db.execute("INSERT INTO sale VALUES ('1', 'Sell', '2026-01-05 08:00:00')")
    db.close()
    (folder / "pilots.csv").write_text("name,department\nA pilot,Finance\n")
    (folder / "policies.cedar").write_text(POLICIES + "\n// more\n")
    people = {label: replace(b, people_timeout_seconds=86_400.0) for label, b in BINDINGS.items() if label != "Draft"}
    bindings = draft_bindings("orders", BINDINGS | people, {})
    bindings = bindings.replace('[tasks."Draft"]', '[tasks."Draft"]\namount_field = "amount"')
    (folder / "orders.toml").write_text(bindings)
    (folder / "steps.json").write_text(json.dumps([_MERGE]))
    return {"folder": str(folder), "csv": str(csv), "db": f"sqlite:///{folder / 'sales.db'}"}


_COLUMNS = {"case": "case_id", "activity": "activity", "end": "done"}
_SQL = "SELECT case_id, activity, done FROM sale"

ACTS: dict[str, Act] = {
    **PILOT_ACTS,
    "log.import by import_log": Act(
        lambda ws, by, s: v.import_log(ws, s["csv"], by=by), ("log", "import", "{csv}"),
    ),
    "log.import by import_query": Act(
        lambda ws, by, s: v.import_query(ws, s["db"], _SQL, log="sold", roles=_COLUMNS, by=by),
        ("log", "query", "{db}", "--name", "sold", "--sql", _SQL, "--case", "case_id", "--activity", "activity",
         "--end", "done"),
    ),
    "log.clean by clean": Act(
        lambda ws, by, s: v.clean(ws, "orders", None, [step_from_json(_MERGE)], by=by),
        ("log", "clean", "orders", "--steps", "{folder}/steps.json"),
    ),
    "log.clean by undo": Act(lambda ws, by, s: v.undo(ws, "plain", None, 1, by=by), ("log", "undo", "plain", "1")),
    "key.forget by forget_pseudonyms": Act(
        lambda ws, by, s: v.forget_pseudonyms(ws, "plain", by=by), ("log", "forget-key", "plain"),
    ),
    "mapping.save by save_mapping": Act(
        lambda ws, by, s: v.save_mapping(ws, ColumnMapping("new", {"case": "c"}), by=by),
    ),
    "mapping.forget by forget_mapping": Act(lambda ws, by, s: v.forget_mapping(ws, "old", by=by)),
    "filters.save by save_selection": Act(
        lambda ws, by, s: v.save_selection(ws, "orders", "late", View("orders").selection, by=by),
        ("filter", "save", "orders", "late", "[]"),
    ),
    "filters.forget by forget_selection": Act(
        lambda ws, by, s: v.forget_selection(ws, "orders", "old", by=by), ("filter", "delete", "orders", "old"),
    ),
    "calendar.save by save_calendar": Act(
        lambda ws, by, s: v.save_calendar(ws, calendar_from_dict(_CALENDAR), by=by),
        ("calendar", "save", "late", "--hours", "mon-fri 09:00-17:00"),
    ),
    "calendar.delete by delete_calendar": Act(
        lambda ws, by, s: v.delete_calendar(ws, "old", by=by), ("calendar", "delete", "old"),
    ),
    "home.backup by back_up_home": Act(
        lambda ws, by, s: v.back_up_home(ws, Path(s["folder"]) / "copy of the home", by=by),
        ("backup", "{folder}/copy of the home"),
    ),
    "map.save by save_map": Act(
        lambda ws, by, s: v.save_map(ws, "new", View("orders"), by=by), ("map", "save", "orders", "--name", "new"),
    ),
    "map.allocate by allocate": Act(lambda ws, by, s: v.allocate(ws, "fresh", by=by), ("allocate", "fresh")),
    "map.answer by answer_task": Act(
        lambda ws, by, s: v.answer_task(
            ws, "orders", None, "Ship", TaskQuestion.PHYSICAL, TaskAnswer.YES, "boxes", by=by
        ),
        ("allocate", "orders", "--answer", "Ship=physical=yes", *WHY), refused_as="map.allocate",
    ),
    "map.override by override": Act(
        lambda ws, by, s: v.override(ws, "orders", None, "Ship", AllocationOutcome.AGENT, "faster", by),
        ("allocate", "orders", "--override", "Ship=agent", *WHY), refused_as="map.allocate",
    ),
    "map.scenario by keep_scenario": Act(
        lambda ws, by, s: v.keep_scenario(
            ws, "tried", "steady", None, [TaskByAgent("Pay")], by=by, replications=2
        ),
        ("what-if", "steady", "--give", "Pay=agent", "--replications", "2", "--keep", "tried"),
    ),
    "deviation.allow by allow": Act(
        lambda ws, by, s: v.allow(ws, "orders", "map orders@1", "skipped: Check", "known", by),
        ("map", "allow", "orders", "skipped: Check", "--map", "orders", *WHY),
    ),
    "deviation.withdraw by withdraw": Act(
        lambda ws, by, s: v.withdraw(ws, "orders", "map orders@1", "skipped: Ship", by=by),
        ("map", "withdraw", "orders", "skipped: Ship", "--map", "orders"),
    ),
    "baseline.freeze by freeze_baseline": Act(
        lambda ws, by, s: v.freeze_baseline(ws, View("orders"), by=by), ("kpi", "baseline", "orders"),
    ),
    "person.add by add_person": Act(
        lambda ws, by, s: v.add_person(ws, "Zed", by=by), ("person", "add", "Zed"), role=True,
    ),
    "agent.add by add_agent": Act(
        lambda ws, by, s: v.add_agent(ws, "Zed", owner="Sam", sponsor="Olga", runtime=_RUNTIME, by=by),
        ("agent", "add", "Zed", "--owner", "Sam", "--sponsor", "Olga", "--runtime", _RUNTIME), role=True,
    ),
    "role.add by add_role": Act(
        lambda ws, by, s: v.add_role(ws, "helper", "Helps.", by=by), ("role", "add", "helper", "Helps."), role=True,
    ),
    "role.assign by assign_role": Act(
        lambda ws, by, s: v.assign_role(ws, WITHOUT, "staff", by=by), ("role", "assign", WITHOUT, "staff"), role=True,
    ),
    "role.withdraw by withdraw_role": Act(
        lambda ws, by, s: v.withdraw_role(ws, "Sam", "staff", by=by), ("role", "withdraw", "Sam", "staff"), role=True,
    ),
    "principal.stop by set_active": Act(
        lambda ws, by, s: v.set_active(ws, "Sam", active=False, reason="because", by=by),
        ("person", "stop", "Sam", *WHY), role=True,
    ),
    "principal.start by set_active": Act(
        lambda ws, by, s: v.set_active(ws, STOPPED, active=True, reason="because", by=by),
        ("person", "start", STOPPED, *WHY), role=True,
    ),
    "agent.set_level by set_autonomy_level": Act(
        lambda ws, by, s: v.set_autonomy_level(ws, AGENT, 2, reason="because", by=by),
        ("agent", "level", AGENT, "2", *WHY), role=True,
    ),
    "action.declare by declare_actions": Act(
        lambda ws, by, s: v.declare_actions(ws, [Action("order.pay", "Order")], by=by),
        ("policy", "declare", "order.pay", "Order"), role=True,
    ),
    "policy.activate by activate_policies": Act(
        lambda ws, by, s: v.activate_policies(ws, POLICIES + "\n// more\n", note="more", by=by),
        ("policy", "activate", "{folder}/policies.cedar"), role=True,
    ),
    "policy.reactivate by reactivate_policies": Act(
        lambda ws, by, s: v.reactivate_policies(ws, 1, note="again", by=by), ("policy", "reactivate", "1"), role=True,
    ),
    "audit.erase by erase_payload": Act(
        lambda ws, by, s: v.erase_payload(ws, 5, reason="because", by=by), ("audit", "erase", "5", *WHY), role=True,
    ),
    "approval.grant by answer": Act(
        lambda ws, by, s: v.answer(ws, s["grant"], grant=True, reason="", by=by), ("approval", "grant", "{grant}"),
        who="Paula", role=True,
    ),
    "approval.refuse by answer": Act(
        lambda ws, by, s: v.answer(ws, s["refuse"], grant=False, reason="because", by=by),
        ("inbox", "refuse", "{refuse}", *WHY), who="Paula", role=True,
    ),
    "workflow.prepare by prepare": Act(
        lambda ws, by, s: v.prepare(ws, "fresh", map_name="orders", folder=Path(s["folder"]) / "drafts", by=by),
        ("workflow", "prepare", "fresh", "--map", "orders", "--folder", "{folder}/drafts"), role=True,
    ),
    "workflow.propose by promote": Act(
        lambda ws, by, s: v.promote(ws, "orders", map_name="orders", tasks=BINDINGS, sla_seconds=28800.0, by=by),
        ("workflow", "promote", "orders", "--map", "orders", "--sla-hours", "8", "--bindings", "{folder}/orders.toml"),
    ),
    "workflow.sign by sign": Act(
        lambda ws, by, s: v.sign(ws, "orders", by=by), ("workflow", "sign", "orders"), who="Olga", role=True,
    ),
    "run.start by start_run": Act(lambda ws, by, s: v.start_run(ws, "simple", by=by), ("run", "start", "simple")),
    "run.start by start_runs": Act(lambda ws, by, s: v.start_runs(ws, "simple", [(None, {}, None)], by=by)),
    "run.pause by pause_run": Act(
        lambda ws, by, s: v.pause_run(ws, s["open"], reason="because", by=by), ("run", "pause", "{open}", *WHY),
        who="Olga", role=True,
    ),
    "run.resume by resume_run": Act(
        lambda ws, by, s: v.resume_run(ws, s["paused"], reason="because", by=by), ("run", "resume", "{paused}", *WHY),
        who="Olga", role=True,
    ),
    "run.cancel by cancel_run": Act(
        lambda ws, by, s: v.cancel_run(ws, s["open"], reason="because", by=by), ("run", "cancel", "{open}", *WHY),
        who="Olga", role=True,
    ),
    "run.retry by retry_run": Act(
        lambda ws, by, s: v.retry_run(ws, s["failed"], reason="because", by=by), ("run", "retry", "{failed}", *WHY),
        who="Olga", role=True,
    ),
    "runs.export by export_runs": Act(
        lambda ws, by, s: v.export_runs(ws, "simple", by=by), ("run", "export", "simple"),
    ),
    "item.claim by claim": Act(
        lambda ws, by, s: v.claim(ws, s["open_item"], by), ("inbox", "claim", "{open_item}"), who="Sam", role=True,
    ),
    "item.release by release": Act(
        lambda ws, by, s: v.release(ws, s["claimed_item"], by), ("inbox", "release", "{claimed_item}"), who="Sam",
        role=True,
    ),
    "item.complete by complete": Act(
        lambda ws, by, s: v.complete(ws, s["open_item"], by=by), ("inbox", "complete", "{open_item}"), who="Sam",
        role=True, done_as="order.receive",
    ),
    "item.reject by reject": Act(
        lambda ws, by, s: v.reject(ws, s["open_item"], reason="because", by=by),
        ("inbox", "reject", "{open_item}", *WHY), who="Sam", role=True,
    ),
    "item.decide by decide_item": Act(
        lambda ws, by, s: v.decide_item(ws, s["way"], 1, by), ("inbox", "decide", "{way}", "1"), who="Sam", role=True,
    ),
}  # fmt: skip


def wrong(act: Act) -> tuple[str, ...]:
    """Who may not do it."""
    return (NOBODY, AGENT, STOPPED, *((WITHOUT,) if act.role else ()))


def command_of(act: Act, state: Mapping[str, Any]) -> list[str]:
    """The command with the ids and files of the home in it."""
    return [part.format(**state) if part.startswith("{") else part for part in act.command]
