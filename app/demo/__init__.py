"""The demo: the whole loop on an event log, with simulated agents and simulated staff, as plain functions."""

from app.demo.loop import DemoResult, run_demo
from app.demo.story import StepReport, Story

__all__ = ["DemoResult", "StepReport", "Story", "run_demo"]
