"""The rules that pick an outcome: tried in order, the first that applies decides. Each says why, with its numbers.

Gates come first: they say how far an agent may go at most. The scores then say how far it should; the lower one counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.figures import per_cent
from mining.allocation import weights
from mining.allocation.evidence import TaskEvidence
from mining.allocation.formulas.net_value import NetValue
from mining.allocation.gates import GateFinding
from mining.allocation.gates.gate import MOST, lower
from mining.allocation.naming import NameReading
from mining.allocation.values import AllocationOutcome, NoTask


@dataclass(frozen=True)
class Grounds:
    """What a rule may read."""

    evidence: TaskEvidence
    name: NameReading
    gates: tuple[GateFinding, ...]
    suitability: float  # 0 to 100; 0 without any data, and then `coverage` is 0
    coverage: float  # of the suitability, 0 to 1
    worth: NetValue | None  # None where volume or service time is not known

    @property
    def most(self) -> AllocationOutcome:
        """The most that the gates let an agent do."""
        return most_of(self.gates)


@dataclass(frozen=True)
class RuledOutcome:
    """An outcome and why."""

    outcome: AllocationOutcome
    reasons: tuple[str, ...]
    no_task: NoTask | None = None
    gated: bool = False  # whether the gates were asked, so that an answer may change it


Rule = Callable[[Grounds], RuledOutcome | None]


def most_of(gates: tuple[GateFinding, ...]) -> AllocationOutcome:
    """The most that all of `gates` let an agent do."""
    found = MOST
    for gate in gates:
        found = lower(found, gate.most)
    return found


def milestone(g: Grounds) -> RuledOutcome | None:
    """It marks a moment or a state: there is nothing to allocate."""
    if g.name.milestone is None:
        return None
    word = f"Its name, “{g.name.milestone}”, marks a moment or a state"
    if g.name.happens_outside:
        said = f"{word} of the world: no task. Whoever knows of it notes it."
        return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (said,), NoTask.MILESTONE)
    said = f"{word}: no task. Nobody works on it, so a workflow needs no step for it."
    return RuledOutcome(AllocationOutcome.ELIMINATE, (said,), NoTask.MILESTONE)


def outside_act(g: Grounds) -> RuledOutcome | None:
    """Somebody of outside does it: it is not ours to give away."""
    if g.name.outside is not None:
        said = f"Its name says that “{g.name.outside}” does it: an act of an outside party, no task of ours."
        return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (said,), NoTask.OUTSIDE)
    if g.name.submits and g.evidence.opens >= weights.OPENING:
        said = (
            f"{per_cent(g.evidence.opens)} of cases begin with it, and its name has “{g.name.submits}”: taken for the "
            "act of whoever hands it in (assumed), no task of ours."
        )
        return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (said,), NoTask.OUTSIDE)
    return None


def recorded_twice(g: Grounds) -> RuledOutcome | None:
    """Most instances repeat the one before by the same performer and take no time: nothing is worked, only recorded."""
    profile = g.evidence.profile
    loops, service = profile.self_loop_share, profile.service_median
    if profile.count < weights.EVIDENT or loops is None or service is None:
        return None
    if loops < weights.TWICE or service > weights.INSTANT:
        return None
    said = (
        f"{per_cent(loops)} of its {profile.count:,} instances directly repeat the one before by the same "
        f"performer, with a median service time of {service:.0f} s: it is recorded twice, not worked twice."
    )
    return RuledOutcome(AllocationOutcome.ELIMINATE, (said,))


def automated_already(g: Grounds) -> RuledOutcome | None:
    """Systems do it already: keep the rule, and use no agent."""
    if g.evidence.by_systems < weights.AUTOMATED:
        return None
    said = f"{per_cent(g.evidence.by_systems)} of its instances are done by systems already: keep the rule."
    return RuledOutcome(AllocationOutcome.RULE_AUTOMATION, (said,))


def agents_already(g: Grounds) -> RuledOutcome | None:
    """Agents do it already: they go on, as far as the gates let them."""
    if g.evidence.by_agents < weights.AUTOMATED:
        return None
    said = f"{per_cent(g.evidence.by_agents)} of its instances are done by agents already."
    return _within_gates(g, AllocationOutcome.AGENT, said)


def thin_evidence(g: Grounds) -> RuledOutcome | None:
    """Too little is known to advise anything: it stays with people."""
    if g.coverage >= weights.THIN:
        return None
    said = (
        f"The evidence is thin: the log has data for {per_cent(g.coverage)} of the weight of its suitability "
        f"({g.evidence.profile.count:,} instances). It stays with people until more is known."
    )
    return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (said,))


def unsuitable(g: Grounds) -> RuledOutcome | None:
    """It does not fit automation: a person does it."""
    if g.suitability >= weights.UNSUITABLE:
        return None
    said = f"Suitability {g.suitability:.0f} is below {weights.UNSUITABLE:.0f} of 100."
    shut = tuple(gate.reason for gate in g.gates if gate.most is AllocationOutcome.HUMAN_ONLY)
    return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (*shut, said))


def not_worthwhile(g: Grounds) -> RuledOutcome | None:
    """Little would be gained by any agent, helping or alone: it stays as it is."""
    monthly = g.evidence.monthly
    if monthly is not None and monthly < weights.RARE:
        said = f"It is done {monthly:.1f} times a month: not worth an agent below {weights.RARE:.0f}."
        return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (said,))
    if g.worth is None or g.worth.net > 0:
        return None
    said = (
        f"Not worth an agent: of {g.worth.hours:,.1f} hours a month nothing is left after running costs, review and "
        "what is redone (estimated; rates are assumed)."
    )
    return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (said, *_sign(g)))


def partly_suitable(g: Grounds) -> RuledOutcome | None:
    """It fits in part: a person does it with an agent's help."""
    if g.suitability >= weights.SUITABLE:
        return None
    said = (
        f"Suitability {g.suitability:.0f} lies between {weights.UNSUITABLE:.0f} and {weights.SUITABLE:.0f} of 100: "
        "too much varies for an agent alone."
    )
    return _within_gates(g, AllocationOutcome.HUMAN_WITH_AGENT, said)


def suitable(g: Grounds) -> RuledOutcome | None:
    """It fits and is worth it: an agent does it, as far as the gates let it."""
    said = f"Suitability {g.suitability:.0f} reaches the {weights.SUITABLE:.0f} of 100 that an agent needs."
    return _within_gates(g, AllocationOutcome.AGENT, said)


RULES: tuple[Rule, ...] = (
    milestone,
    automated_already,
    outside_act,
    recorded_twice,
    agents_already,
    thin_evidence,
    unsuitable,
    not_worthwhile,
    partly_suitable,
    suitable,
)


def judge(grounds: Grounds) -> RuledOutcome:
    """The verdict of the first rule that applies."""
    return next(verdict for rule in RULES if (verdict := rule(grounds)) is not None)


def _within_gates(g: Grounds, scored: AllocationOutcome, said: str) -> RuledOutcome:
    """`scored`, or as much of it as the gates allow; the gates that hold it back say why."""
    allowed = lower(scored, g.most)
    holding = tuple(gate.reason for gate in g.gates if gate.reason and lower(gate.most, scored) is not scored)
    unknown = () if g.worth is not None else ("What it is worth is not known: its service time is not available.",)
    return RuledOutcome(allowed, (*holding, said, *unknown, *_sign(g)), gated=True)


def _sign(g: Grounds) -> tuple[str, ...]:
    """That software may do it already, where nobody says who does it and it takes no time."""
    e = g.evidence
    if e.profile.kind_known_share >= weights.KNOWN or e.instant is None or e.instant < weights.MOSTLY_INSTANT:
        return ()
    return (f"{per_cent(e.instant)} of its instances take no time: software may do it already. Ask before planning.",)
