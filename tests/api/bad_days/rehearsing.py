"""A process of its own that plays the scenarios of agreements to one digest: `python -m ...rehearsing FOLDER`."""

import hashlib
import sys

from api import codec
from api.cli.shelf import shelves
from dsl.state import State


def rehearsed(names: list[str]) -> str:
    """The digest of every state that the scenarios of some agreements lead to."""
    found = hashlib.sha256()
    for _, shelf in shelves(names):
        assert shelf is not None
        for name in sorted(shelf.book.scenarios):
            run = shelf.play(name)
            assert run.failures == ()
            for step in run.played:
                found.update(codec.write(step.after, State).encode())
    return found.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(rehearsed(sys.argv[1:]))
