"""A quick look at what a filter asks to be the same, so that thousands of rows are not each judged for one that fits.

`every Election whose Side is (the Side of such Election)`: what is to be the same is worked out once, and an entry in
which it differs is passed over without a reason being made for it. Whatever passes is judged in full.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.arithmetic import ordered
from dsl.copying import replace
from dsl.reasons import Gap
from dsl.resolve.walk import walk
from dsl.settling import same_person
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.values import Values


def likeness(values: "Values", wanted: t.Filter | None) -> Callable[[Entry], bool]:
    """Whether an entry may be one that a filter picks; where it may not, the filter is false of it."""
    alike = _alike(wanted.condition) if wanted is not None else ()
    if not alike:
        return _any
    asked: list[tuple[str, t.Content]] = []
    figures = replace(values.judge, so_far=True).values

    def same(entry: Entry) -> bool:
        if not asked:
            found = ((field, values.value(right)) for field, right in alike)
            asked.extend((field, right) for field, right in found if not isinstance(right, Gap))
        for field, right in asked:
            left = t.somebody(entry.author) if field == "Maker" else figures.of_entry(entry, field)
            named = isinstance(left, t.NameValue) or isinstance(right, t.NameValue)
            if named and left != right and same_person(values.judge, left, right) is not False:
                continue
            if not isinstance(left, Gap) and not ordered(values, left, "==", right):
                return False
        return True

    return same


def _any(_: Entry) -> bool:
    return True


@lru_cache(maxsize=512)
def _alike(condition: t.Condition) -> tuple[tuple[str, t.Value], ...]:
    """The fields that a filter asks to be the same as something, which does not depend on the entry it looks at."""
    match condition:
        case t.Combined(quantifier="all", items=items):
            return tuple(each for item in items if not item.path for each in _alike(item.condition))
        case t.Compare(left=t.FieldOf(subject=t.Row(picked=True), field=field), comparator="==", right=right):
            on_it = any(isinstance(each, t.Row) and each.picked for each in walk(right))
            return () if on_it else ((field, right),)
        case _:
            return ()
