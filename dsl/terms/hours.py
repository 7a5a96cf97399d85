"""Hours of business days in which something may be done, counts, or is given."""

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from dsl.terms.contents import Term

if TYPE_CHECKING:
    from dsl.terms.values import Value


@dataclass(frozen=True, slots=True)
class Hours(Term):
    """The time between two clock times, both included, on each business day of the agreement."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Opening(Term):
    """The first moment within hours on or after a time."""

    hours: Hours
    origin: "Value"
