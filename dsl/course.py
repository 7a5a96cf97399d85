"""Steps that several scenarios share, played once: a tree whose branches are the steps that are taken next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dsl import syntax as s
from dsl.source import Source, Span


@dataclass(frozen=True, slots=True)
class Course:
    """What the steps so far have made, and what each step that some scenario takes next makes of it.

    Scenarios that continue one another share the beginning of their course, and it is played once.
    """

    made: Any
    then: dict[tuple[Source, Span], "Course"] = field(default_factory=dict)

    def after(self, step: s.Step, source: Source, made: Callable[[], Any]) -> "Course":
        """The course after a step of a text, worked out the first time it is taken."""
        if (place := (source, step.span)) not in self.then:
            self.then[place] = Course(made())
        return self.then[place]
