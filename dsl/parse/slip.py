"""A slip of a writer: how it is recognised, and what is told of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """What is found, perhaps only after certain words, and what is told."""

    found: str
    title: str
    explanation: str
    hint: str
    after: str = ""
