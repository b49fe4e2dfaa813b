"""What the name of an activity says about the task: words in five languages. All of it is assumed."""

from mining.allocation.naming.reading import NameReading, read_name

__all__ = ["NameReading", "read_name"]
