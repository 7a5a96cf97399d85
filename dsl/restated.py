"""What had happened by itself by what was known, and has not by what is known now: worked out anew, and told.

Nobody does what happens by itself: that money passes, an event occurs, a role is filled anew or all ends is what the
text makes of the facts on record. So a fact that comes late changes it, as it would have, had it come in time; the acts
of people stay. But whoever read it before has relied on it, and money may have been paid out on it, of which the log
knows nothing. So whatever had happened when the late fact was recorded, and has not any more, or otherwise, is kept
here, and told for as long as that is so.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from dsl import terms as t
from dsl.compile import Agreement
from dsl.effects import digest_of
from dsl.reasons import either
from dsl.records import Divergence, Entry, Happening, Restated
from dsl.saying import say, say_instant
from dsl.state import State

Standing = tuple[Agreement, State]
"""A state with the agreement as amended by then."""


def lost(before: Standing, after: Standing, recorded: datetime) -> tuple[Restated, ...]:
    """What had happened by itself until a late fact was recorded and has not with it.

    `before` is the state without the fact, and `after` the one with it, both at the instant at which it was recorded.
    """
    had, has = (_happened(law, state) for law, state in (before, after))
    return tuple(
        Restated(each, recorded, times) for each, times in had.items() if times > has[each] and each.at <= recorded
    )


def happens_by_itself(law: Agreement) -> bool:
    """Whether anything happens by itself under an agreement, also by an amendment of it."""
    return bool(law.recurring) or any(not isinstance(each.statement, t.Binding) for each in law.provisions)


def restatements(law: Agreement, state: State) -> tuple[Divergence, ...]:
    """What had happened by itself by what was known before, and has not by what is known now."""
    return tuple(
        Divergence(0, each.happening.at, each.happening.section, each.happening.section, told)
        for each, told in _standing(law, state, state.restated)
    )


def restated_for(law: Agreement, state: State, provision: t.Provision, row: Entry | None) -> tuple[str, ...]:
    """What is told of a provision, for a row where it has rows."""
    of_it = tuple(
        each
        for each in state.restated
        if each.happening.section in (provision.section, provision.cited)
        and each.happening.what == _what(provision.statement)
        and each.happening.row in ("", _identity(law, state, row))
    )
    return tuple(told for _, told in _standing(law, state, of_it))


def _standing(law: Agreement, state: State, known: tuple[Restated, ...]) -> Iterator[tuple[Restated, str]]:
    """What of this has not happened as it had by what was known before, with what is told of it; what had happened
    later than the instant of the state is none of its past."""
    if not known:
        return
    has = _happened(law, state)
    for each in {each.happening: each for each in known}.values():
        if each.happening.at <= state.now and has[each.happening] < each.times:
            yield each, _told(law, has, each)


def _told(law: Agreement, has: Counter[Happening], was: Restated) -> str:
    """What had happened, until when that was so by what was known, and what has happened in its place."""
    zone, had = law.terms.zone, was.happening
    same = [each for each in has if (each.section, each.what, each.row) == (had.section, had.what, had.row)]
    now = either(tuple(f"{each.text} at {say_instant(each.at, zone)}" for each in same) or ("it has not",), "and")
    told = f"{had.text} at {say_instant(had.at, zone)}, by what was known until {say_instant(was.until, zone)}; "
    told += f"by what is known now, {now}"
    if had.fund and all(each.text != had.text for each in same):
        told += f"; what was paid out on that is not on record, and {had.fund} may hold another sum than is said here"
    return told


# ------------------------------------------------------- what has happened so far


def _happened(law: Agreement, state: State) -> Counter[Happening]:
    """Everything that has happened by itself, and how often; nothing of it is told by the number of an entry, because a
    late fact changes these."""
    found = (_passed(law, state), _occurred(law, state), _filled(state), _ended(law, state))
    return Counter(each for some in found for each in some)


def _what(statement: t.Statement) -> str:
    """What kind of thing a statement makes happen, in one word."""
    return statement.kind if isinstance(statement, t.Occurs) else type(statement).__name__


def _passed(law: Agreement, state: State) -> Iterator[Happening]:
    for each in state.postings:
        if each.number:
            continue
        row, provision = state.entry(each.row) if each.row is not None else None, law.by_key.get(each.provision)
        of_row = f" for {_named(law, state, row)}" if row is not None else ""
        text = f"{each.amount} has passed from {_account(each.source)} to {_account(each.target)}{of_row}"
        section = provision.cited if provision is not None else each.section
        fund = "" if "/" in each.target else each.source.partition("/")[0]
        yield Happening(each.at, section, t.Passes.__name__, text, _identity(law, state, row), fund)


def _account(account: str) -> str:
    name, _, purpose = account.partition("/")
    return f"the {purpose} of {name}" if purpose not in ("", "balance") else name


def _occurred(law: Agreement, state: State) -> Iterator[Happening]:
    for each in state.entries:
        if each.author:
            continue
        row = state.entry(each.about) if each.about is not None else None
        about = f" about {_named(law, state, row)}" if row is not None else ""
        stated = tuple(f"{name} as {say(content, law.terms.zone)}" for name, content in each.fields)
        stating = f" stating {either(stated, 'and')}" if stated else ""
        text = f"{each.kind} has occurred{about}{stating}"
        yield Happening(each.at, each.section, each.kind, text, _identity(law, state, row))


def _filled(state: State) -> Iterator[Happening]:
    for each in state.holders:
        if each.section:
            text = f"{each.filler} has become {each.role}" if each.filler else f"{each.role} has become vacant"
            yield Happening(each.at, each.section, t.Becomes.__name__, text)


def _ended(law: Agreement, state: State) -> Iterator[Happening]:
    """That the agreement has ended, was amended or has discharged somebody; each of the last two is told as it was."""
    if state.terminated is not None:
        yield Happening(state.terminated, state.terminated_by, t.Terminates.__name__, "the agreement has terminated")
    statements = {
        (each.cited, each.text): each.statement
        for each in law.provisions
        if isinstance(each.statement, t.Discharges | t.Enacts)
    }
    for change in state.changes:
        statement = statements.get((change.section, change.cause))
        if statement is not None:
            yield Happening(change.at, change.section, _what(statement), change.text.replace(" is ", " has been ", 1))


# ---------------------------------------------------------- which entry it was for


def _by_itself(law: Agreement, entry: Entry) -> bool:
    """Whether nobody has given an entry its name, so that it has another one when a late fact comes before it."""
    passed = f"{entry.kind} under section "
    return not entry.author or (
        entry.name.startswith(passed) and any(entry.kind == each.name for each in law.movements)
    )


def _named(law: Agreement, state: State, entry: Entry) -> str:
    """An entry in words: by its name, or by when it came about where nobody has given it one."""
    if not _by_itself(law, entry):
        return f'"{entry.name}"'
    about = f" about {_named(law, state, state.entry(entry.about))}" if entry.about is not None else ""
    return f"the {entry.kind} of {say_instant(entry.at, law.terms.zone)}{about}"


def _identity(law: Agreement, state: State, entry: Entry | None) -> str:
    """What tells an entry from every other one, whatever its number."""
    if entry is None or not _by_itself(law, entry):
        return entry.name if entry is not None else ""
    about = _identity(law, state, state.entry(entry.about)) if entry.about is not None else ""
    return digest_of(entry.kind, f"{about} under {entry.section} at {entry.at.isoformat()}", entry.fields)
