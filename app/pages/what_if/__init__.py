"""What-if: what would change if the tasks were done as allocated? A simulation, after its fit."""
