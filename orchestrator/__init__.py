"""Promotion, the run state machine, work items, agents, the worker, and the way from runs back to event logs."""
