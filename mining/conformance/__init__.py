"""Conformance: does the work follow the model? Fitness, precision, and deviations in plain words."""

from mining.conformance.align import Progress
from mining.conformance.allowed import Allowed, allow, allowed, withdraw
from mining.conformance.deviation import Deviation, DeviationKind, DeviationPlace
from mining.conformance.effect import Detail, DeviationEffect, ExampleCase, MonthCount
from mining.conformance.fitness import Bounds, Fitness
from mining.conformance.model import Model, model_of_bpmn, model_of_map, model_of_reference
from mining.conformance.precision import Precision
from mining.conformance.result import Conformance, Follows
from mining.conformance.sample import Estimated
from mining.conformance.service import check_conformance, deviation_detail, variants_model, with_allowed
from mining.estimates import Difference

__all__ = [
    "Allowed",
    "Bounds",
    "Conformance",
    "Detail",
    "Deviation",
    "DeviationEffect",
    "DeviationKind",
    "DeviationPlace",
    "Difference",
    "Estimated",
    "ExampleCase",
    "Fitness",
    "Follows",
    "Model",
    "MonthCount",
    "Precision",
    "Progress",
    "allow",
    "allowed",
    "check_conformance",
    "deviation_detail",
    "model_of_bpmn",
    "model_of_map",
    "model_of_reference",
    "variants_model",
    "with_allowed",
    "withdraw",
]
