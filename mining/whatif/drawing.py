"""A replication before it runs: which cases arrive when, and what each of their steps is made of. Pure and seeded."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mining.whatif.engine import PASS, SIDE, WORK, PlayedCase, PlayedStage
from mining.whatif.formulas.day_blocks import DAY, draw_days
from mining.whatif.values import CasePlan, Change, DroppedTask, HelpedTask, PlayedStep, Process, TaskByAgent

Dice = tuple[float, float, float]  # uniform on 0 to 1: escalated, wrong, looked at


@dataclass(frozen=True)
class DrawnCase:
    """A case that arrives, and the chance that its steps have: the same in as-is and scenario."""

    arrived: float
    plan: CasePlan
    dice: Sequence[Dice]


@dataclass
class DrawTally:
    """What is counted of a case beside its times."""

    tasks: int = 0  # done: attempts that did not fail
    told: int = 0  # attempts of which it is known whether they failed
    failed: int = 0
    agents: int = 0  # tasks that an agent began
    money: float = 0.0  # as the log has it, and of agents
    priced: int = 0  # instances of which the log has the cost
    paid_seconds: float = 0.0  # of people, whose time is known
    looked_seconds: float = 0.0  # of people: approvals and reviews
    loose_seconds: float = 0.0  # those of people whom nobody can tell apart, so that they stand in no queue


def draw(process: Process, first: int, days: int, seed: int, replication: int) -> list[DrawnCase]:
    """The cases of `days` days from `first` on (1970-01-01 is 0), by arrival; the same for the same seed."""
    rng = random.Random(f"{seed}:{replication}")
    by_day: defaultdict[int, list[CasePlan]] = defaultdict(list)
    for plan in process.cases:
        by_day[int(plan.arrived // DAY)].append(plan)
    began, ended = min(by_day), max(by_day)
    if ended - began >= _WHOLE:  # the first and the last day of a log are rarely whole
        began, ended = began + 1, ended - 1
    found = []
    for day, like in draw_days(range(began, ended + 1), first, days, rng):
        for plan in by_day.get(like, ()):
            dice = [(rng.random(), rng.random(), rng.random()) for _ in plan.steps]
            found.append(DrawnCase(plan.arrived + (day - like) * DAY, plan, dice))
    return found


_WHOLE = 3  # days


def played(
    drawn: Sequence[DrawnCase], process: Process, changes: Sequence[Change]
) -> tuple[list[PlayedCase], list[DrawTally]]:
    """The cases as they are played under `changes`, and what is counted of each."""
    changed = {process.activities.index(change.activity): change for change in changes}
    cases, tallies = [], []
    for one in drawn:
        if not any(step.activity in changed for step in one.plan.steps):
            known = process.made.get(id(one.plan))
            if known is None:
                known = process.made[id(one.plan)] = _made(one, {})
            stages, tally = known
        else:
            stages, tally = _made(one, changed)
        cases.append(PlayedCase(one.arrived, stages, one.plan.next))
        tallies.append(tally)
    return cases, tallies


def _made(one: DrawnCase, changed: Mapping[int, Change]) -> tuple[list[list[PlayedStage]], DrawTally]:
    tally, stages = DrawTally(), []
    for step, dice in zip(one.plan.steps, one.dice, strict=True):
        change = changed.get(step.activity)
        if isinstance(change, DroppedTask):
            stages.append(_delay(step))
        elif isinstance(change, TaskByAgent) and step.by_person:
            stages.append(_by_agent(step, change, dice, tally))
        elif isinstance(change, HelpedTask) and step.by_person:
            tally.agents += 1
            tally.money += change.cost_each
            helped = replace(step, service=step.service * (1 - change.saved)) if step.timed else step
            stages.append([*_delay(step), *_by_person(helped, tally, counted=True)])
        else:
            stages.append([*_delay(step), *_by_person(step, tally, counted=True)])
    return stages, tally


def _delay(step: PlayedStep, share: float = 1.0) -> list[PlayedStage]:
    return [PlayedStage(PASS, step.delay * share, step.working)] if step.delay > 0 else []


def _by_person(step: PlayedStep, tally: DrawTally, *, counted: bool) -> list[PlayedStage]:
    """The step as the log has it; `counted`: as a task of its own, not one that is done again or handed over."""
    if step.by_person and step.timed:
        tally.paid_seconds += step.service
        if step.performer < 0:
            tally.loose_seconds += step.service
    if step.cost is not None:
        tally.money += step.cost
        tally.priced += 1
    if counted:
        tally.tasks += step.failed is not True
        tally.told += step.failed is not None
        tally.failed += step.failed is True
    if step.performer >= 0:
        return [PlayedStage(WORK, step.service, performer=step.performer)]
    return [PlayedStage(PASS, step.service, step.working)] if step.service > 0 else []


def _by_agent(step: PlayedStep, agent: TaskByAgent, dice: Dice, tally: DrawTally) -> list[PlayedStage]:
    """The step with the agent: its work, then a person for what is handed over, approved, reviewed, done again."""
    escalated, wrong = dice[0] < agent.escalated, dice[1] < agent.error
    approved = dice[2] < agent.approved
    reviewed = not approved and dice[2] < agent.approved + agent.reviewed
    tally.agents += 1
    tally.tasks += 1
    tally.money += agent.cost_each
    if step.timed:
        stages = _delay(step, agent.keeps)
    else:  # what of its time was work is not known: it stays, but for what the assumption says
        stages = [PlayedStage(PASS, (step.delay + step.service) * agent.keeps, step.working)]
    stages.append(PlayedStage(PASS, agent.seconds))
    if escalated:
        return [*stages, *_again(step, tally)]
    tally.told += 1
    if approved:
        stages += [PlayedStage(PASS, agent.approval_delay, True), *_look(step, agent, WORK, tally)]
    elif reviewed:
        stages += _look(step, agent, SIDE, tally)
    if wrong:
        tally.told += 1
        tally.failed += 1
        stages += _again(step, tally)
    return stages


def _again(step: PlayedStep, tally: DrawTally) -> list[PlayedStage]:
    """A person does the step after all; where what it takes is not known, it passes again as long as it did."""
    made = _by_person(step, tally, counted=False)
    return made if step.timed else [*_delay(step), *made]


def _look(step: PlayedStep, agent: TaskByAgent, kind: int, tally: DrawTally) -> list[PlayedStage]:
    tally.looked_seconds += agent.review_seconds
    if step.performer >= 0:
        return [PlayedStage(kind, agent.review_seconds, performer=step.performer)]
    tally.loose_seconds += agent.review_seconds
    return [PlayedStage(PASS, agent.review_seconds, True)] if kind == WORK else []
