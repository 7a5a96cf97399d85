"""How much a test has tried, as it tells the report at the end of the run."""

from collections.abc import Callable
from typing import TypeAlias

Tried: TypeAlias = Callable[..., None]
"""`tried(power_cuts=12)`."""
