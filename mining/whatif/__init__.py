"""What-if: the process of a log simulated with agents as performers, shown only after its fit, always estimated."""

from mining.whatif.adjusting import EVERY_TASK, adjusted, figures_of, parse_assumption
from mining.whatif.answering import REPLICATIONS, SEED
from mining.whatif.assumptions import ASSUMED_SCENARIO, ScenarioAssumptions
from mining.whatif.from_allocation import change_from_dict, change_of, change_to_dict, scenario_of
from mining.whatif.service import (
    KeptScenario,
    allocated_scenario,
    expected_of,
    keep_scenario,
    kept_scenarios,
    to_dict,
    what_if,
)
from mining.whatif.values import (
    PROOF,
    Change,
    DroppedTask,
    ExpectedKpi,
    Fit,
    HelpedTask,
    Measure,
    TaskByAgent,
    WhatIf,
)

__all__ = [
    "ASSUMED_SCENARIO",
    "EVERY_TASK",
    "PROOF",
    "REPLICATIONS",
    "SEED",
    "Change",
    "DroppedTask",
    "ExpectedKpi",
    "Fit",
    "HelpedTask",
    "KeptScenario",
    "Measure",
    "ScenarioAssumptions",
    "TaskByAgent",
    "WhatIf",
    "adjusted",
    "allocated_scenario",
    "change_from_dict",
    "change_of",
    "change_to_dict",
    "expected_of",
    "figures_of",
    "keep_scenario",
    "kept_scenarios",
    "parse_assumption",
    "scenario_of",
    "to_dict",
    "what_if",
]
