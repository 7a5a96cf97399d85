"""What a shell can complete: names of agreements and scenarios, numbers of the deals of a person, and their parties.

A shell asks while somebody types, so that what goes wrong here completes nothing and is told by the command itself.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from api.agreements import Unusable, place, places, read_text, shipped
from api.databases import UnsafeDatabase
from api.settings import Settings, WrongSetting, settings_from

DIGITS = 8
"""How much of the number of a deal is written; nobody has so many deals that it takes more."""

_SCENARIO = re.compile(r'^scenario\s+"([^"\n]+)"', re.IGNORECASE | re.MULTILINE)
_PLAIN = re.compile(r"([^\w@%+=:,./-])")


def agreements(incomplete: str) -> list[str]:
    """The agreements that a command would find by their names, here or among those that come with Clausula."""
    here = Path("agreements")
    roots = (here,) if here.is_dir() else (shipped(),)
    return _matching((each.name for each in places(roots)), incomplete)


def deals(ctx: Any, incomplete: str) -> list[str]:
    """The first digits of each deal in which the person has a seat."""
    from api.cli.dealing import numbers  # noqa: PLC0415 -- a second's worth of libraries

    try:
        return _matching(
            (each[:DIGITS] for each in numbers(_settings(ctx), ctx.params.get("person") or "you")), incomplete
        )
    except (Unusable, UnsafeDatabase, WrongSetting):
        return []


def agreements_and_deals(ctx: Any, incomplete: str) -> list[str]:
    """What `explain` takes: the name of an agreement, or the number of a deal."""
    return [*agreements(incomplete), *deals(ctx, incomplete)]


def scenarios(ctx: Any, incomplete: str) -> list[str]:
    """The scenarios of the agreement that the command names; a file needs no agreement, and is left to the shell."""
    agreement = _named(ctx, "agreement")
    if not agreement:
        return []
    try:
        texts = [read_text(path) for path in place(agreement).scenarios]
    except Unusable:
        return []
    return _quoted(_matching((name for text in texts for name in _SCENARIO.findall(text)), incomplete))


def own_parties(ctx: Any, incomplete: str) -> list[str]:
    """The parties for whom the person has a seat in the deal that the command names."""
    from api.cli.dealing import parties  # noqa: PLC0415 -- a second's worth of libraries

    try:
        settings = _settings(ctx)
        found = parties(settings, _named(ctx, "deal"), ctx.params.get("person") or "you")
    except (Unusable, UnsafeDatabase, WrongSetting):
        return []
    return _quoted(_matching(found, incomplete))


def _named(ctx: Any, what: str) -> str:
    """What the command is about. Where an option has no value yet its arguments are not told apart: it is the first."""
    return ctx.params.get(what) or next(iter(ctx.args), "")


def _settings(ctx: Any) -> Settings:
    said = ctx.params.get("database")
    return settings_from({**os.environ, "CLAUSULA_DATABASE": said} if said else os.environ)


def _matching(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _quoted(names: list[str]) -> list[str]:
    """Names of several words as one word of the shell. Bash alone writes what it is given; others quote by themselves.

    Nothing is to be done where a quotation mark stands before what is completed.
    """
    typed = os.environ.get("COMP_WORDS", "")
    open_quotation = any(typed.count(mark) % 2 for mark in "'\"")
    if os.environ.get("_CLAUSULA_COMPLETE") != "complete_bash" or open_quotation:
        return names
    return [_PLAIN.sub(r"\\\1", name) for name in names]
