"""What is on record under a sentence in, the same under the number that an amendment has given to the sentence out.

A sentence that goes on may stand under another number, or be another one of its section by count. What was paid under
it, the uses of a power and waivers count for the sentence, so they go with it: figures, caps and edges read them by
the number that the text now has.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from dsl.compile import Agreement, covers
from dsl.parted import Move
from dsl.records import Exercise, Posting, Waiving
from dsl.state import State

Recorded = TypeVar("Recorded", Posting, Exercise)


def recited(before: Agreement, law: Agreement, state: State, moves: tuple[Move, ...]) -> State:
    """The state in which everything is cited under the numbers of an amended text."""
    went = {(move.before.key, move.row): move.after.key for move in moves}

    def now(made: Recorded) -> Recorded:
        key = went.get((made.provision, made.row), made.provision)
        was, provision = before.by_key.get(made.provision), law.by_key.get(key)
        if was is None or provision is None or made.section != was.cited:
            return made
        return replace(made, section=provision.cited)

    postings, exercises = tuple(map(now, state.postings)), tuple(map(now, state.exercises))
    waived = _waived(before, law, state)
    if (postings, exercises, waived) == (state.postings, state.exercises, state.waived):
        return state
    return state.with_records(postings, exercises).at_large(waived=waived)


def _waived(before: Agreement, law: Agreement, state: State) -> dict[str, tuple[Waiving, ...]]:
    """What is waived, by the numbers that the sentences and items now have."""
    found: dict[str, tuple[Waiving, ...]] = {}
    for section, given in state.waived.items():
        for number in dict.fromkeys(_numbers(before, law, section)) or (section,):
            found[number] = tuple(sorted((*found.get(number, ()), *given), key=lambda each: each.at))
    return found


def _numbers(before: Agreement, law: Agreement, section: str) -> Iterator[str]:
    """Under which numbers what stood in a section, or was an item or a sentence of it, now stands; a section as a whole
    only where nothing else stands in it now, because what is new there has not been waived."""
    went = [(was, law.by_key[was.key]) for was in before.provisions if was.key in law.by_key]
    whole = [provision.key for was, provision in went if was.section == section]
    for was, provision in went:
        if section == was.section:
            alone = all(each.key in whole for each in law.provisions if each.section == provision.section)
            yield provision.section if alone else provision.cited
        elif section == was.cited:
            yield provision.cited
        elif covers(was.section, section) and "," not in section:
            yield provision.section + section.removeprefix(was.section)
