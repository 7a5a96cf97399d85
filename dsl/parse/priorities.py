"""Slips with the words for which section yields to which."""

from dsl.parse.slip import Slip

_SEVERAL = (
    "A priority over several sections",
    "Each section that yields or comes first does so in a way of its own, so each has a priority of its own.",
    "Repeat it: `notwithstanding section 1 by suspension notwithstanding section 2 by suspension`.",
)

PRIORITIES = (
    Slip(r"sections\b", *_SEVERAL, after=r"\b(?:subject\s+to|notwithstanding)\s+"),
    Slip(r"(?:and|or)\b|,", *_SEVERAL, after=r"\b(?:subject\s+to|notwithstanding)\s+section\s+\S+\s*"),
)
