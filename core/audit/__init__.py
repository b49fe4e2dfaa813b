"""The audit log: a hash chain of what was attempted, decided, done and changed. It only grows."""
