"""The rules that pick an outcome: tried in order, the first that applies decides. Each says why, with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.figures import per_cent
from mining.allocation import weights
from mining.allocation.hints import consequence
from mining.allocation.values import AllocationOutcome
from mining.map.profile import ActivityProfile


@dataclass(frozen=True)
class TaskEvidence:
    """What a rule may read."""

    profile: ActivityProfile
    suitability: float  # 0 to 100; 0 without any data, and then `coverage` is 0
    coverage: float  # of the suitability, 0 to 1
    value: float  # 0 to 100
    standardisation: float | None  # points, 0 to 100

    @property
    def by_systems(self) -> float:
        """Share of its instances done by systems; 0 where too little is known."""
        return (self.profile.system_share or 0.0) if self.profile.kind_known_share >= weights.KNOWN else 0.0

    @property
    def by_agents(self) -> float:
        """Share of its instances done by agents; 0 where too little is known."""
        return (self.profile.agent_share or 0.0) if self.profile.kind_known_share >= weights.KNOWN else 0.0


@dataclass(frozen=True)
class RuledOutcome:
    """An outcome and why."""

    outcome: AllocationOutcome
    reasons: tuple[str, ...]


Rule = Callable[[TaskEvidence], RuledOutcome | None]


def thin_evidence(e: TaskEvidence) -> RuledOutcome | None:
    """Too little is known: a person does it, an agent may help; alone, where its name hints at a consequence."""
    if e.coverage >= weights.THIN:
        return None
    thin = (
        f"The evidence is thin: the log has data for {per_cent(e.coverage)} of the weight of its suitability "
        f"({e.profile.count:,} instances)."
    )
    hint = _hint(e)
    if hint:
        return RuledOutcome(AllocationOutcome.HUMAN_ONLY, (thin, hint))
    return RuledOutcome(AllocationOutcome.HUMAN_WITH_AGENT, (thin,))


def recorded_twice(e: TaskEvidence) -> RuledOutcome | None:
    """Most instances repeat the one before by the same performer and take no time: nothing is worked, only recorded."""
    loops, service = e.profile.self_loop_share, e.profile.service_median
    if e.profile.count < weights.EVIDENT or loops is None or service is None:
        return None
    if loops < weights.TWICE or service > weights.INSTANT:
        return None
    return RuledOutcome(
        AllocationOutcome.ELIMINATE,
        (
            f"{per_cent(loops)} of its {e.profile.count:,} instances directly repeat the one before by the same "
            f"performer, with a median service time of {service:.0f} s: it is recorded twice, not worked twice.",
        ),
    )


def automated_already(e: TaskEvidence) -> RuledOutcome | None:
    """Systems do it already, in a standard way: keep the rule, and use no agent."""
    if e.by_systems < weights.AUTOMATED or (e.standardisation or 0.0) < 50:
        return None
    return RuledOutcome(
        AllocationOutcome.RULE_AUTOMATION, (f"{per_cent(e.by_systems)} of its instances are done by systems already.",)
    )


def agents_already(e: TaskEvidence) -> RuledOutcome | None:
    """Agents do it already: keep them, with approval where its name hints at a consequence."""
    if e.by_agents < weights.AUTOMATED:
        return None
    reason = f"{per_cent(e.by_agents)} of its instances are done by agents already."
    hint = _hint(e)
    return (
        RuledOutcome(AllocationOutcome.AGENT_WITH_APPROVAL, (reason, hint))
        if hint
        else RuledOutcome(AllocationOutcome.AGENT, (reason,))
    )


def unsuitable(e: TaskEvidence) -> RuledOutcome | None:
    """It does not fit automation: a person does it."""
    if e.suitability >= weights.UNSUITABLE:
        return None
    return RuledOutcome(
        AllocationOutcome.HUMAN_ONLY, (f"Suitability {e.suitability:.0f} is below {weights.UNSUITABLE:.0f} of 100.",)
    )


def partly_suitable(e: TaskEvidence) -> RuledOutcome | None:
    """It fits in part: a person does it with an agent's help."""
    if e.suitability >= weights.SUITABLE:
        return None
    reason = (
        f"Suitability {e.suitability:.0f} lies between {weights.UNSUITABLE:.0f} and {weights.SUITABLE:.0f} of 100: "
        "too much varies for an agent alone."
    )
    return RuledOutcome(AllocationOutcome.HUMAN_WITH_AGENT, (reason,))


def not_worthwhile(e: TaskEvidence) -> RuledOutcome | None:
    """It fits, but little would be gained: a person does it with an agent's help."""
    if e.value >= weights.WORTHWHILE:
        return None
    reason = (
        f"{_fits(e)} Its value of {e.value:.0f} is below the {weights.WORTHWHILE:.0f} of 100 "
        "from which an agent is worth setting up."
    )
    return RuledOutcome(AllocationOutcome.HUMAN_WITH_AGENT, (reason,))


def consequential(e: TaskEvidence) -> RuledOutcome | None:
    """It fits, but its name hints at a consequence: an agent prepares it, a person approves each one."""
    hint = _hint(e)
    return RuledOutcome(AllocationOutcome.AGENT_WITH_APPROVAL, (_fits(e), hint)) if hint else None


def suitable(e: TaskEvidence) -> RuledOutcome | None:
    """It fits, is worth it, and nothing hints at a consequence: an agent does it."""
    return RuledOutcome(AllocationOutcome.AGENT, (_fits(e), f"Its value is {e.value:.0f} of 100."))


RULES: tuple[Rule, ...] = (
    thin_evidence,
    recorded_twice,
    automated_already,
    agents_already,
    unsuitable,
    partly_suitable,
    not_worthwhile,
    consequential,
    suitable,
)


def judge(evidence: TaskEvidence) -> RuledOutcome:
    """The verdict of the first rule that applies."""
    return next(verdict for rule in RULES if (verdict := rule(evidence)) is not None)


def _fits(e: TaskEvidence) -> str:
    return f"Suitability {e.suitability:.0f} reaches the {weights.SUITABLE:.0f} of 100 that an agent needs."


def _hint(e: TaskEvidence) -> str | None:
    word = consequence(e.profile.activity)
    if word is None:
        return None
    return (
        f"Its name has the word “{word}”, which hints at a consequence. This is a guess from the name: "
        "the log does not say what a mistake would cost."
    )
