"""What a shell can complete: the names of agreements, and the numbers of the deals of a person.

A shell asks while somebody types, so that what goes wrong here completes nothing and is told by the command itself.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.agreements import Unusable, places, shipped
from api.databases import UnsafeDatabase
from api.settings import WrongSetting, settings_from

DIGITS = 8
"""How much of the number of a deal is written; nobody has so many deals that it takes more."""


def agreements(incomplete: str) -> list[str]:
    """The agreements that a command would find by their names, here or among those that come with Clausula."""
    here = Path("agreements")
    roots = (here,) if here.is_dir() else (shipped(),)
    return _matching((each.name for each in places(roots)), incomplete)


def deals(ctx: Any, incomplete: str) -> list[str]:
    """The first digits of each deal in which the person has a seat."""
    from api.cli.dealing import numbers  # noqa: PLC0415 -- a second's worth of libraries

    try:
        said = ctx.params.get("database")
        settings = settings_from({**os.environ, "CLAUSULA_DATABASE": said} if said else os.environ)
        return _matching((each[:DIGITS] for each in numbers(settings, ctx.params.get("person") or "you")), incomplete)
    except (Unusable, UnsafeDatabase, WrongSetting):
        return []


def agreements_and_deals(ctx: Any, incomplete: str) -> list[str]:
    """What `explain` takes: the name of an agreement, or the number of a deal."""
    return [*agreements(incomplete), *deals(ctx, incomplete)]


def _matching(names: Iterator[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
