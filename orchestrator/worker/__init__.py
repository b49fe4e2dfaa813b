"""The worker: performs agent tasks from the durable queue and looks after what waits."""
