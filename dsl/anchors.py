"""Whom a value as of a time speaks of, where it names them by an entry that was made later: they are found now.

`the Units of the Holder of such Vote as of the Record Date` is about the holder, who was there on that day, though the
vote was not: whom a vote is about is as it is stated, and does not change. What the later entry itself states was not
there. So in place of what names somebody by a later entry stands whoever that is; what the later entry is said to be by
a definition is read in the words of that. In a filter it only says which rows are meant, so what it states is found
now: `every Holding whose Owner is the Maker of such Vote`.
"""

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from dsl import terms as t
from dsl.reasons import Gap
from dsl.resolve.walk import walk
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.judge import Judge

Asked = TypeVar("Asked", t.AsOf, t.Stood)
_NAMING = ("subject", "about", "row", "plan")
"""The parts of a term that say of which entry it speaks."""


def anchored(judge: "Judge", asked: Asked, edge: datetime) -> "tuple[Judge, Asked]":
    """What is asked as of a time, with whoever is named in it by an entry that was made later found now, and the judge
    who knows them."""
    if not _is_later(judge, asked, edge):
        return judge, asked
    found: dict[str, Entry] = {}
    written: Asked = _Written(judge, edge, found).of(asked)
    return replace(judge, rows={**judge.rows, **found}), written


def _is_later(judge: "Judge", asked: Any, edge: datetime) -> bool:
    """Whether something in it is named by an entry that was made later."""
    return any(_made_later(judge, each, edge) is not None for each in walk(asked))


def _made_later(judge: "Judge", part: Any, edge: datetime) -> Entry | None:
    """The entry made after a time that a part names by itself; None if it names none."""
    if isinstance(part, t.Row):
        entry = judge.rows.get(part.key)
    elif isinstance(part, t.Named):
        found = judge.values.entry(part)
        entry = found if isinstance(found, Entry) else None
    else:
        return None
    return entry if entry is not None and entry.at > edge else None


class _Written:
    """A term written anew: parts that stay as they are remain the same objects."""

    def __init__(self, judge: "Judge", edge: datetime, found: dict[str, Entry]) -> None:
        self.judge, self.edge, self.found = judge, edge, found

    def of(self, part: Any, *, names: bool = False, picks: bool = False) -> Any:
        """A part, which says of which entry something is asked if it `names` one, or which rows if it `picks` them."""
        if isinstance(part, t.FieldOf) and _made_later(self.judge, part.subject, self.edge) is not None:
            return self._named_by(part) if names else self._stated(part) if picks else self._defined(part)
        picks = picks or isinstance(part, t.Filter)
        if isinstance(part, tuple):
            made = tuple(self.of(each, picks=picks) for each in part)
            return part if all(one is each for one, each in zip(made, part, strict=True)) else made
        if not is_dataclass(part) or isinstance(part, type):
            return part
        parts = {each.name: getattr(part, each.name) for each in fields(part)}
        changed = {name: self.of(each, names=name in _NAMING, picks=picks) for name, each in parts.items()}
        changed = {name: each for name, each in changed.items() if each is not parts[name]}
        return replace(part, **changed) if changed else part

    def _named_by(self, part: t.FieldOf) -> t.Reference:
        """Whom a later entry names."""
        entry = self.judge.values.entry(part)
        if not isinstance(entry, Entry):
            return part
        row = t.Row(part.text, part.span, f"{part.text} #{entry.number}")
        self.found[row.key] = entry
        return row

    def _stated(self, part: t.FieldOf) -> t.Value:
        """What a later entry states, as it is compared in a filter."""
        entry = self.judge.values.entry(part.subject)
        if (
            isinstance(entry, Entry)
            and entry.content(part.field) is None
            and part.field in self.judge.agreement.terms.values
        ):
            return self._defined(part)
        content = self.judge.values.value(part)
        return part if isinstance(content, Gap) else t.Literal(part.text, part.span, content)

    def _defined(self, part: t.FieldOf) -> t.Value:
        """What a definition says of a later entry, in the words of the definition; where these speak of what was not
        there, the part as it is."""
        entry = self.judge.values.entry(part.subject)
        figure = self.judge.agreement.terms.values.get(part.field)
        if figure is None or not isinstance(entry, Entry) or entry.content(part.field) is not None:
            return part
        inner = _Written(self.judge.with_row(entry), self.edge, self.found)
        made: t.Value = inner.of(figure.value)
        later = _is_later(replace(inner.judge, rows={**inner.judge.rows, **self.found}), made, self.edge)
        return part if later else made
