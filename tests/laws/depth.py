"""How far a law is tried: a few examples with every run of the tests, and as many as one asks for in a deep run.

CLAUSULA_DEPTH=50 make test ARGS="tests/laws"     fifty times as many, drawn anew each time
"""

import os

from hypothesis import settings

DEPTH = int(os.environ.get("CLAUSULA_DEPTH", "1"))
"""How many times as many examples are tried; one is the same few each time."""


def deep(examples: int) -> settings:
    """So many examples, times the depth; found anew by chance only in a deep run."""
    return settings(deadline=None, max_examples=examples * DEPTH, derandomize=DEPTH == 1, database=None)
