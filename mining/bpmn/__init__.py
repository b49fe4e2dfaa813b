"""BPMN 2.0 from a process tree."""

from mining.bpmn.export import to_bpmn

__all__ = ["to_bpmn"]
