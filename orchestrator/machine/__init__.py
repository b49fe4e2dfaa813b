"""The run state machine: pure. Workflow, state, events and commands; nothing in here does any input or output."""
