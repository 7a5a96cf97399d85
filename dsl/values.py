"""Values worked out from a state: figures, instants, entries and plans, or the gap that keeps them unknown.

Figures are read now, at the instant of the judge: a figure that must not drift is stated by an entry when it is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dsl import holds
from dsl import terms as t
from dsl.arithmetic import apart, mixed, ordered, product
from dsl.beyond import cap_figure
from dsl.calendars import local_date
from dsl.days import counted, day_value, shifted
from dsl.dividing import part
from dsl.entries import concerns, counts, effect_instant, find, stage_instant
from dsl.holders import holder
from dsl.ledger import paid_under
from dsl.likeness import likeness
from dsl.money import Quantity, Rate, Rounding
from dsl.occurring import may_have_occurred, open_figure
from dsl.past import value_as_of
from dsl.perhaps import gap_of, may_have_been_paid
from dsl.reasons import Gap, Reason, Truth, Wait, joined, so_far
from dsl.saying import say
from dsl.settling import settlers
from dsl.state import Entry
from dsl.statuses import due, performance
from dsl.totals import number_of, picked, sum_of

if TYPE_CHECKING:
    from dsl.judge import Judge

Known = t.Content | Gap
_INSTANT = timedelta(microseconds=1)
_STAGES = {
    "giving": "given",
    "receipt": "received",
    "sending": "sent",
    "completion": "completed",
    "making": "made",
    "withdrawal": "withdrawn",
}


class Values:
    """Works out values for one judge."""

    def __init__(self, judge: "Judge") -> None:
        self.judge = judge
        self.agreement = judge.agreement
        self.terms = judge.agreement.terms
        self.state = judge.state

    def value(self, value: t.Value) -> Known:
        """What a value is now, or why that cannot be said; under every reading of what is still ambiguous."""
        found = self._value(value)
        ambiguous = found.ambiguity if isinstance(found, Gap) else ""
        if not ambiguous or ambiguous in self.judge.assumed:
            return found
        readings = self.terms.ambiguities[ambiguous].readings
        assumed = ({**self.judge.assumed, ambiguous: reading} for reading in readings)
        under = [replace(self.judge, assumed=each).values.value(value) for each in assumed]
        agreed = not any(isinstance(each, Gap) or each != under[0] for each in under)
        return under[0] if agreed else found

    def agreed_on(self, value: t.Value) -> str:
        """The ambiguity under every reading of which a value that is known is the same; nothing if it rests on none."""
        found = self._value(value)
        return found.ambiguity if isinstance(found, Gap) else ""

    def _value(self, value: t.Value) -> Known:  # noqa: C901, PLR0912 - one case for each kind of value
        match value:
            case t.Literal():
                return value.content
            case t.Defined():
                named = self.terms.values[value.name].value
                return self.judge.defined(value.name, None, lambda judge: judge.values.value(named))
            case t.BlankValue():
                return self._blank(value.name)
            case t.Row() | t.Picked() | t.Named():
                found = self.entry(value)
                return found if isinstance(found, Gap) else t.EntryName(found.name)
            case t.FieldOf():
                return self._field(value)
            case t.StageOf():
                return self._stage(value)
            case t.DeadlineOf():
                return due(self.judge, value)
            case t.PerformanceOf():
                return performance(self.judge, value)
            case t.Balance():
                return holds.figure(self.judge, value)
            case t.Payable():
                return self._payable(value)
            case t.PaidUnder():
                return self._paid(value)
            case t.CapFigure():
                return cap_figure(self.judge, value)
            case t.Count():
                return number_of(self, value)
            case t.FieldSum():
                return sum_of(self, value)
            case t.Extreme():
                return self._extreme(value)
            case t.Shift():
                return self._shift(value)
            case t.Share():
                whole = self.value(value.whole)
                if isinstance(whole, Quantity):
                    return whole.scaled(value.numerator, value.denominator, Rounding.HALF_UP)
                return whole
            case t.Sum():
                return self._sum(value)
            case t.Product():
                return self._product(value)
            case t.PartOf():
                return self.share(value)
            case t.Case():
                return self._case(value)
            case t.HolderOf():
                return holder(self.judge, value)
            case t.AsOf():
                return value_as_of(self, value)
            case _:
                return day_value(self, value)

    def share(self, value: t.PartOf, paid: Mapping[int, int] | None = None) -> Known:
        """What one row gets of a whole that rows divide; `paid` is what rows have been paid of theirs, by number."""
        return part(self, value, paid)

    # ------------------------------------------------------------- references

    def entry(self, reference: t.Reference) -> Entry | Gap:
        """The one entry spoken of."""
        match reference:
            case t.Row():
                return self.judge.rows[reference.key]
            case t.Named():
                return self._named(reference.name)
            case t.Picked():
                return picked(self, reference)
            case t.FieldOf():
                stated = self._field(reference)
                if isinstance(stated, t.EntryName):
                    return self._named(stated.name)
                return stated if isinstance(stated, Gap) else Gap(Truth.PENDING, (Wait("act", reference.text),))
            case t.Selection():
                for each in self.selected(reference):
                    return each
                more = may_have_occurred(self.judge, reference)
                none = Gap(Truth.PENDING, (Wait("act", f"{reference.text} has not been made yet"),))
                return none if more is None else open_figure(more)

    def _named(self, name: str) -> Entry | Gap:
        wait = Wait("act", f'an entry named "{name}"')
        return find(self.state, (), name) or Gap(Truth.PENDING, (wait,))

    def selected(
        self, selection: t.Selection, also_withdrawn: bool = False, among: Sequence[Entry] | None = None
    ) -> Iterator[Entry]:
        """The entries that count, of the kinds, about the entry and with the filter a selection gives.

        Of a selection whose other entries have been gathered already, `among` are the rest.
        """
        about: Entry | None = None
        if selection.about is not None:
            found = self.entry(selection.about)
            if isinstance(found, Gap):
                return
            about = found
        same = likeness(self, selection.filter)
        besides = self.judge.rows[selection.besides.key].number if selection.besides is not None else None
        every = self.state.of_kinds(selection.kinds, about.number if about else None) if among is None else among
        for entry in every:
            if entry.number == besides or not same(entry):
                continue
            if about is not None and not concerns(entry, about):
                continue
            if not also_withdrawn and not counts(self.agreement, self.state, entry, self.judge.now):
                continue
            if selection.filter is None or self._picks(selection.filter, entry).truth is Truth.TRUE:
                yield entry

    def selects(self, selection: t.Selection, entry: Entry) -> Truth:
        """Whether a selection selects an entry of its kinds, withdrawn or not: true, false or open."""
        if selection.about is not None:
            about = self.entry(selection.about)
            if isinstance(about, Gap) or not concerns(entry, about):
                return Truth.OPEN if self.open_about(selection) is not None else Truth.FALSE
        return Truth.TRUE if selection.filter is None else so_far(self._picks(selection.filter, entry))

    def taken(self, selection: t.Selection, among: Sequence[Entry] | None = None) -> Iterator[Entry]:
        """The selected entries that have taken effect: half-signed papers and notices on their way do not count yet."""
        return (entry for entry in self.selected(selection, among=among) if self.effect(entry) is not None)

    def effect(self, entry: Entry) -> datetime | None:
        """When an entry took effect, if it has; one that did with the last moment of a time is watched as that end."""
        taken = effect_instant(self.agreement, entry)
        if taken is not None and taken >= self.judge.now - _INSTANT:
            if taken != self.judge.now:
                self.judge.instants.add(taken)
            if taken > self.judge.now:
                return None
        return taken

    def _picks(self, wanted: t.Filter, entry: Entry) -> Reason:
        return self.judge.picking(entry).judge(wanted.condition)

    def unsure(self, selection: t.Selection, among: Sequence[Entry] | None = None) -> Iterator[tuple[Entry, Reason]]:
        """The entries of which it is open whether a selection selects them, each with why."""
        if selection.filter is None:
            return
        same = likeness(self, selection.filter)
        for entry in self.selected(replace(selection, filter=None), among=among):
            if not same(entry):
                continue
            reason = self._picks(selection.filter, entry)
            if so_far(reason) is Truth.OPEN:
                yield entry, replace(reason, truth=Truth.OPEN)

    def open_about(self, selection: t.Selection) -> Gap | None:
        """The gap where it rests on a blank or a reading what the entries of a selection are about; else None."""
        about = self.entry(selection.about) if selection.about is not None else None
        return about if isinstance(about, Gap) and about.truth is Truth.OPEN else None

    def undecided(self, selection: t.Selection, among: Sequence[Entry] | None = None) -> Gap | None:
        """The gap in a figure over rows where the filter, what the rows are about, or whether there is one more of
        them, rests on a blank or a reading; None if it rests on none."""
        about = self.open_about(selection)
        if about is not None:
            return about
        found = (Gap(Truth.OPEN, tuple(dict.fromkeys(reason.awaited()))) for _, reason in self.unsure(selection, among))
        gap = next(found, None)
        more = may_have_occurred(self.judge, selection) if gap is None else None
        return gap if more is None else open_figure(more)

    def plan(self, reference: t.Reference) -> t.Plan | Gap:
        """The plan of payments that an entry states."""
        entry = self.entry(reference)
        if isinstance(entry, Gap):
            return entry
        for _, content in entry.fields:
            if isinstance(content, t.Plan):
                return content
        return Gap(Truth.PENDING, (Wait("act", f'"{entry.name}" states no payments'),))

    # ----------------------------------------------------------------- pieces

    def _blank(self, name: str) -> Known:
        content = self.state.blanks.get(name)
        if content is not None:
            return content
        section, who = self.terms.blanks[name].section, settlers(self.agreement, name)[0]
        return Gap(Truth.OPEN, (Wait("blank", f"the blank {name}", who, section=section, about=name),))

    def _field(self, value: t.FieldOf) -> Known:
        entry = self.entry(value.subject)
        if isinstance(entry, Gap):
            return entry
        if value.field == "Maker":
            return t.somebody(entry.author)
        return self.of_entry(entry, value.field)

    def of_entry(self, entry: Entry, name: str) -> Known:
        """What an entry states in a field, or a figure that is worked out for it."""
        figure = self.terms.values.get(name)
        content = entry.content(name)
        if content is None and figure is not None and entry.kind in self.agreement.kinds_of(figure.subject):
            worked_out = figure.value
            return self.judge.defined(name, entry, lambda judge: judge.values.value(worked_out))
        if content is None and name == self.terms.kinds[entry.kind].about:
            return t.EntryName(self.state.entry(entry.about).name if entry.about is not None else entry.named)
        if content is None:
            wait = Wait("act", f'"{entry.name}" does not state its {name}')
            return Gap(Truth.PENDING, (wait,))
        return content

    def _stage(self, value: t.StageOf) -> Known:
        entry = self.entry(value.subject)
        if isinstance(entry, Gap):
            return entry
        instant = stage_instant(self.agreement, entry, _STAGES[value.stage])
        if instant is None:
            return Gap(Truth.PENDING, (Wait("act", f'the {value.stage} of "{entry.name}"'),))
        return instant

    def _payable(self, value: t.Payable) -> Known:
        plan = self.plan(value.plan)
        if isinstance(plan, Gap):
            return plan
        unit = plan.lines[0].amount.unit if plan.lines else self.terms.currency
        return Quantity(sum(line.amount.amount for line in plan.lines if line.payee == value.payee), unit)

    def leaves_out(self, entry: Entry, name: str) -> bool:
        """Whether an entry says nothing in a field: one that is optional and not stated, and is not worked out."""
        return entry.content(name) is None and name not in self.terms.values

    def _paid(self, value: t.PaidUnder) -> Known:
        row: Entry | None = None
        if value.row is not None:
            found = self.entry(value.row)
            if isinstance(found, Gap):
                return found
            row = found
        why = may_have_been_paid(self.judge, (value.section,), row=row)
        return (
            gap_of(why)
            if why is not None
            else paid_under(self.agreement, self.state, (value.section,), row=row, unit=value.unit)
        )

    def _product(self, value: t.Product) -> Known:
        over, under = [self.value(each) for each in value.over], [self.value(each) for each in value.under]
        if any(isinstance(each, Gap) for each in (*over, *under)):
            return joined(*over, *under)
        return product(value, over, under)

    def _case(self, value: t.Case) -> Known:
        reason = self.judge.judge(value.condition)
        match reason.truth:
            case Truth.TRUE:
                return self.value(value.value)
            case Truth.FALSE:
                return self.value(value.otherwise)
            case Truth.PENDING | Truth.OPEN:
                return Gap(reason.truth, tuple(dict.fromkeys(reason.awaited())))

    def _extreme(self, value: t.Extreme) -> Known:
        left, right = self.value(value.left), self.value(value.right)
        if value.word == "earlier" and isinstance(left, Gap) != isinstance(right, Gap):
            return self._come_first(left, right)
        gap = mixed(left, right)
        if gap is not None or isinstance(left, Gap) or isinstance(right, Gap):
            return gap or joined(left, right)
        if value.word in ("surplus", "difference"):
            return apart(left, right, both_ways=value.word == "difference")
        first = ordered(self, left, "<=", right)
        return left if first == (value.word in ("earlier", "smaller")) else right

    def _come_first(self, left: Known, right: Known) -> Known:
        """The earlier of an instant that is known and one that still waits for an act: known once it has come, because
        what has not happened by then cannot be earlier."""
        gap, known = (left, right) if isinstance(left, Gap) else (right, left)
        if not isinstance(gap, Gap) or gap.truth is Truth.OPEN:
            return joined(gap)
        moment = self.judge.moment(known)
        if moment <= self.judge.now:
            return known
        self.judge.instants.add(moment)
        wait = Wait("time", f"{self.say(known)}, if nothing comes before it", at=moment)
        return Gap(Truth.PENDING, (*gap.waits, wait))

    def _shift(self, value: t.Shift) -> Known:
        origin = self.value(value.origin)
        if isinstance(origin, Gap):
            return origin
        moved = counted(self, origin, value.period, value.forward)
        not_yet = value.extends and isinstance(moved, Gap) and moved.truth is Truth.PENDING
        return origin if not_yet else moved

    def shifted(self, origin: t.Content, period: t.Length, forward: bool = True) -> Known:
        """An instant or a date moved by a period over the agreement's calendar; an instant keeps its time of day."""
        return shifted(self, origin, period, forward)

    def _sum(self, value: t.Sum) -> Known:
        left, right = self.value(value.left), self.value(value.right)
        gap = mixed(left, right)
        if gap is not None or isinstance(left, Gap) or isinstance(right, Gap):
            return gap or joined(left, right)
        if isinstance(left, Quantity) and isinstance(right, Quantity):
            return left - right if value.minus else left + right
        if isinstance(left, Rate) and isinstance(right, Rate):
            return Rate.of(left.ratio - right.ratio if value.minus else left.ratio + right.ratio)
        assert isinstance(left, int)
        assert isinstance(right, int)
        return left - right if value.minus else left + right

    # ------------------------------------------------------------------ words

    def local_day(self, instant: datetime) -> date:
        """The day of an instant in the agreement's zone."""
        return local_date(instant, self.terms.zone)

    def day_of(self, value: date) -> date:
        """A date as it is; an instant as its day in the agreement's zone."""
        return self.local_day(value) if isinstance(value, datetime) else value

    def say(self, value: object) -> str:
        """A value as the deal writes it; instants in the agreement's zone."""
        return say(value, self.terms.zone)
