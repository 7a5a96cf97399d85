"""How a value came about: a value of the language in, a tree of what it was worked out from out.

A lawyer who signs for a date or a figure follows it back to what somebody did: which notice was sent when, which days
were counted, which payments were added up. Every step shows its words, what it is now, the section that says so and the
facts of the log it rests on. Nothing is worked out twice: each figure is the one `Values` gives.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime

from dsl import terms as t
from dsl.compile import covers
from dsl.counting import counted
from dsl.days import length_now
from dsl.derived import Derivation, Fact, fact_of, made_when, paid_fact, say_moment, say_shortly
from dsl.entries import is_signed_kind, received_at, satisfied_at
from dsl.holds import bound_notes, held_notes, moved_about
from dsl.judge import Judge
from dsl.ledger import cap_on, cap_used, payments_counted
from dsl.money import Quantity
from dsl.norms import judge_for
from dsl.occurred import figure_then
from dsl.owed import before_cap, limit_of
from dsl.past import judge_as_of
from dsl.reasons import Gap, Truth, Wait
from dsl.spells import all_stops
from dsl.state import Entry, Norm
from dsl.statuses import open_clock
from dsl.windows import deadline, window_of


def derive(judge: Judge, value: t.Value, *, fixed: bool = False) -> Derivation:
    """A value as it is now, with everything it was worked out from.

    How a figure was worked out that an event states is told of the first one alone; those of earlier events that it
    rests on are facts in what was `fixed` with it.
    """
    known = judge.values.value(value)
    made = Derivation(value.text, "" if isinstance(known, Gap) else say_shortly(judge, known))
    if isinstance(known, Gap):
        made = replace(made, truth=known.truth, waits=known.waits)
    whole = _Steps(judge, made, fixed).of(value)
    ambiguity = "" if isinstance(known, Gap) else judge.values.agreed_on(value)
    return replace(whole, notes=(*whole.notes, f"the same under every reading of {ambiguity}")) if ambiguity else whole


class _Steps:
    """One step of a derivation: what is worked out (`made`) gets its notes, facts and children."""

    def __init__(self, judge: Judge, made: Derivation, fixed: bool) -> None:
        self.judge = judge
        self.fixed = fixed
        self.made = made
        self.terms = judge.agreement.terms
        self.state = judge.state

    def of(self, value: t.Value) -> Derivation:  # noqa: C901, PLR0912 - one case for each kind of value
        match value:
            case t.Literal():
                return self.made
            case t.Defined():
                named = self.terms.values[value.name]
                return self.with_children(named.value, section=named.section)
            case t.BlankValue():
                blank = self.terms.blanks[value.name]
                return replace(self.made, section=blank.section, notes=("as the blank was filled",) * bool(self.known))
            case t.Row() | t.Picked() | t.Named():
                return self.entry(value)
            case t.FieldOf():
                return self.field(value)
            case t.StageOf():
                return self.stage(value)
            case t.DeadlineOf():
                return self.deadline(value)
            case t.PerformanceOf():
                return replace(self.made, section=value.section)
            case t.Balance():
                return self.balance(value)
            case t.Payable():
                return self.entry(value.plan)
            case t.PaidUnder():
                return self.paid(value)
            case t.CapFigure():
                return self.cap(value)
            case t.Count():
                return replace(self.made, facts=tuple(self.fact(each) for each in self.taken(value.entries)))
            case t.FieldSum():
                return self.field_sum(value)
            case t.Extreme():
                return self.with_children(*value.parts, note=value.told)
            case t.Shift():
                return self.shift(value)
            case t.Share():
                return self.share(value)
            case t.Sum():
                return self.sum(value)
            case t.Product():
                rounding = "exact" if value.unit == "rate" else f"rounded {value.rounding}"
                return self.with_children(*value.over, *value.under, note=rounding)
            case t.PartOf():
                facts = tuple(self.weight(each, value) for each in self.taken(value.entries))
                return replace(self.with_children(value.whole), facts=facts)
            case t.Case():
                return self.case(value)
            case t.AsOf():
                return self.as_of(value)
            case _:
                inside = (getattr(value, each.name) for each in fields(value))
                return self.with_children(*(each for each in inside if isinstance(each, t.Value)))

    def derive(self, judge: Judge, value: t.Value) -> Derivation:
        return derive(judge, value, fixed=self.fixed)

    @property
    def known(self) -> bool:
        return bool(self.made.value)

    def fact(self, entry: Entry, told: str = "") -> Fact:
        return fact_of(self.judge, entry, told)

    def moment(self, instant: datetime) -> str:
        return say_moment(instant, self.terms.zone)

    def taken(self, selection: t.Selection) -> list[Entry]:
        return list(self.judge.values.taken(selection))

    def with_children(self, *values: t.Value, note: str = "", section: str = "") -> Derivation:
        children = tuple(self.derive(self.judge, each) for each in values)
        if len(children) == 1 and children[0].is_plain:
            children = ()
        waits = () if children else self.made.waits
        section = section or self.made.section
        return replace(self.made, section=section, notes=(note,) if note else (), waits=waits, children=children)

    # ----------------------------------------------------------------- entries

    def entry(self, reference: t.Reference) -> Derivation:
        found = self.judge.values.entry(reference)
        if isinstance(found, Gap):
            return self.made
        children = (self.derive(self.judge, reference),) if isinstance(reference, t.FieldOf) else ()
        facts = () if children else (self.fact(found),)
        note = ""
        if isinstance(reference, t.Picked):
            among = list(self.judge.values.selected(reference.entries))
            note = f"{reference.told} of {len(among)}" if len(among) > 1 else ""
        return replace(self.made, facts=facts, children=children, notes=(note,) if note else ())

    def field(self, value: t.FieldOf) -> Derivation:
        """What an entry states, or how a figure of it is worked out."""
        entry = self.judge.values.entry(value.subject)
        figure = self.terms.values.get(value.field)
        if isinstance(entry, Entry) and entry.origin and entry.content(value.field) is not None:
            return self.occurred(value, entry)
        if isinstance(entry, Gap) or figure is None or not figure.subject or entry.content(value.field) is not None:
            return self.entry(value.subject)
        inner = self.derive(self.judge.with_row(entry), figure.value)
        return replace(self.made, section=figure.section, facts=(self.fact(entry),), waits=(), children=(inner,))

    def occurred(self, value: t.FieldOf, entry: Entry) -> Derivation:
        """What an entry states that has come about by itself, and how that was worked out then."""
        made = self.entry(value.subject)
        asked = figure_then(self.judge, entry, value.field) if not self.fixed else None
        if asked is None:
            return made
        inner = derive(*asked, fixed=True)
        return made if inner.is_plain else replace(made, children=(*made.children, inner))

    def weight(self, entry: Entry, part: t.PartOf) -> Fact:
        fields = (part.field, *((part.most.field,) if part.most is not None else ()))
        found = (self.judge.values.of_entry(entry, field) for field in fields)
        told = ", up to ".join(each.truth.value if isinstance(each, Gap) else self.judge.say(each) for each in found)
        return self.fact(entry, f"{told}, {made_when(self.judge, entry)}")

    def case(self, value: t.Case) -> Derivation:
        """The case that counts, and what it rests on."""
        truth = self.judge.judge(value.condition).truth
        note = f"{value.condition.text}: {truth.value}"
        if truth in (Truth.PENDING, Truth.OPEN):
            return replace(self.made, notes=(note,))
        return self.with_children(value.value if truth is Truth.TRUE else value.otherwise, note=note)

    def as_of(self, value: t.AsOf) -> Derivation:
        """How a value came about by then, and when that was."""
        asked = judge_as_of(self.judge, value)
        if asked is None:
            return replace(self.with_children(value.moment), waits=self.made.waits)
        then, value = asked
        moment = self.derive(self.judge, value.moment)
        children = tuple(each for each in (self.derive(then, value.value), moment) if not each.is_plain)
        note = f"as everything stood at {self.moment(then.now)}"
        return replace(self.made, notes=(note,), waits=() if children else self.made.waits, children=children)

    def stage(self, value: t.StageOf) -> Derivation:
        entry = self.judge.values.entry(value.subject)
        if isinstance(entry, Gap):
            return self.made
        rule = self.terms.notice_rule
        if entry.given is not None and entry.given != entry.at and value.stage in ("giving", "receipt"):
            where = f" ({rule.said_of(entry.channel)})" if rule is not None else ""
            told = f"sent {self.moment(entry.at)}, deemed given {self.moment(entry.given)}{where}"
            return replace(self.made, facts=(self.fact(entry, told),))
        if is_signed_kind(self.judge.agreement, entry.kind):
            return self.signatures(entry, value.stage == "receipt")
        return replace(self.made, facts=(self.fact(entry),))

    def signatures(self, entry: Entry, received: bool) -> Derivation:
        """When each signature was there, or its counterpart handed over: the last one needed makes the instant."""
        verb = "handed over" if received else "signed"
        law, given = self.judge.agreement, {each.signer: each.at for each in entry.signatures}
        done = {name: received_at(law, entry, signers=(name,)) if received else at for name, at in given.items()}
        there = {signer: at for signer, at in done.items() if at is not None}
        told = [f"{verb} by {signer} {self.moment(at)}" for signer, at in sorted(there.items(), key=lambda one: one[1])]
        lacking = [name for name in self.terms.kinds[entry.kind].signers if satisfied_at(law, name, there) is None]
        if lacking:
            told.append(f"not {verb} by {' and '.join(lacking)}")
        return replace(self.made, facts=(self.fact(entry, ", ".join(told)),))

    # ------------------------------------------------------------------- money

    def balance(self, value: t.Balance) -> Derivation:
        account, section = f"{value.fund}/{value.part}", self.terms.funds[value.fund].section
        signed = ((each, "+ " if each.target == account else "- ") for each in moved_about(self.judge, value, account))
        facts = tuple(paid_fact(self.judge, each, sign) for each, sign in signed)
        notes = (*held_notes(self.judge, value, bool(facts)), *bound_notes(self.judge, value))
        return replace(self.made, section=section, facts=facts, notes=notes)

    def paid(self, value: t.PaidUnder) -> Derivation:
        row = self.judge.values.entry(value.row) if value.row is not None else None
        among = self.state.paid_for(row.number) if isinstance(row, Entry) else self.state.postings
        paid = (each for each in among if covers(value.section, each.section) and each.amount.unit == value.unit)
        facts = tuple(paid_fact(self.judge, each) for each in paid)
        return replace(self.made, facts=facts, notes=() if facts else ("nothing was paid yet",))

    def cap(self, value: t.CapFigure) -> Derivation:
        cap = cap_on(self.judge.agreement, value.section, for_each=value.row is not None)
        row = self.judge.values.entry(value.row) if value.row is not None else None
        if isinstance(row, Gap) or not isinstance(limit := limit_of(self.judge, cap, row), Quantity):
            children = (self.derive(self.judge, cap.limit),) if row is None else ()
            return replace(self.made, section=cap.section, children=children, waits=() if children else self.made.waits)
        made = capped(self.judge, cap, limit, row=row)
        return replace(made, text=self.made.text, value=self.made.value, waits=self.made.waits)

    def field_sum(self, value: t.FieldSum) -> Derivation:
        facts = []
        for entry in self.taken(value.entries):
            content = self.judge.values.of_entry(entry, value.field)
            if not isinstance(content, Gap):
                facts.append(self.fact(entry, f"{self.judge.say(content)}, {made_when(self.judge, entry)}"))
        return replace(self.made, facts=tuple(facts), notes=() if facts else ("there is none yet",))

    def share(self, value: t.Share) -> Derivation:
        whole = self.judge.values.value(value.whole)
        made = self.with_children(value.whole)
        if not isinstance(whole, Quantity):
            return made
        exact = whole.amount * value.numerator % value.denominator == 0
        rounding = "" if exact else ", rounded half up to the smallest unit"
        note = f"of {whole}{rounding}"
        return replace(made, notes=(note,))

    def sum(self, value: t.Sum) -> Derivation:
        """A sum of many as one: `USD 9.00 + USD 2.00 - USD 1.00`."""
        signed = list(_summands(value, False))
        shown = [self.derive(self.judge, each) for _, each in signed]
        told = [each.value or each.truth.value for each in shown]
        signs = ["- " if minus else "+ " for minus, _ in signed]
        note = " ".join([told[0], *(f"{sign}{each}" for sign, each in zip(signs[1:], told[1:], strict=True))])
        return replace(self.made, notes=(note,), waits=(), children=tuple(each for each in shown if not each.is_plain))

    def shift(self, value: t.Shift) -> Derivation:
        origin = self.judge.values.value(value.origin)
        made = self.with_children(value.origin)
        length = length_now(self.judge.values, value.period)
        if not isinstance(origin, date) or not self.known or isinstance(length, Gap):
            return made
        day = self.judge.values.day_of(origin)
        return replace(made, notes=(str(counted(day, length, length.calendar or self.terms.calendar, value.forward)),))

    def deadline(self, value: t.DeadlineOf) -> Derivation:
        kept = replace(self.made, section=value.section)
        dated = [norm for norm in self.judge.norms(value.section, value.row) if norm.due is not None]
        if dated and (self.known or self.made.truth is Truth.PENDING):
            found = due_of(self.judge, self.judge.agreement.by_key[dated[0].provision], dated[0])
            return replace(kept, notes=found.notes, children=found.children) if found is not None else kept
        return kept


def _summands(value: t.Value, minus: bool) -> Iterator[tuple[bool, t.Value]]:
    """Everything that is added up, and whether it is taken away."""
    if isinstance(value, t.Sum):
        yield from _summands(value.left, minus)
        yield from _summands(value.right, minus != value.minus)
    else:
        yield minus, value


def due_of(judge: Judge, provision: t.Provision, norm: Norm) -> Derivation | None:
    """By when something must or may be done, and how that was counted; None where no time is fixed or known."""
    window = window_of(provision.statement)
    if window is None or norm.due is None:
        return None
    state, zone = judge.state, judge.agreement.terms.zone
    row = state.entry(norm.row) if norm.row is not None else None
    inner = judge_for(judge.agreement, state, provision, row)
    named = f' for "{row.name}"' if row is not None else ""
    origin = window.by if window.within is None else window.origin
    child = derive(inner, origin) if origin is not None else None
    notes = [*_counting(inner, window, norm)]
    worked = deadline(inner, window, norm.began)
    waits: tuple[Wait, ...] = ()
    undecided = open_clock(judge, norm)
    if undecided is not None:
        waits = undecided.waits
        told = ", ".join(each.text for each in waits)
        notes.append(f"it is open how long its clock has stood still: that waits for {told}")
    elif norm.halted and norm.stopped is not None:
        waits = (Wait("act", f"the clock of section {provision.cited} stands still", section=provision.cited),)
        notes.append(f"this was {say_moment(norm.due, zone)} before its clock stopped")
    if norm.stopped is not None:
        notes.append(f"its clock stands still since {say_moment(norm.stopped, zone)}")
    elif worked is not None and worked != norm.due:
        why = _stood_still(inner, window, norm) or "it had passed before what it names changed"
        notes.append(f"this would be {say_moment(worked, zone)}; {why}")
    return Derivation(
        f"the deadline of section {provision.cited}{named}",
        say_moment(norm.due, zone) if not waits else "open" if undecided is not None else "",
        truth=Truth.OPEN if undecided is not None else Truth.PENDING if waits else Truth.TRUE,
        section=provision.section,
        notes=tuple(notes),
        waits=waits,
        children=(child,) if child is not None and not child.is_plain else (),
    )


def _stood_still(judge: Judge, window: t.Window, norm: Norm) -> str:
    """From when to when a clock has stood still, if it has."""
    stops = (
        " to ".join(say_moment(each, judge.agreement.terms.zone) for each in stop)
        for stop in all_stops(judge, window, norm)
    )
    told = " and ".join(stops)
    return f"its clock stood still in between, {told}" if told else ""


def _counting(judge: Judge, window: t.Window, norm: Norm) -> tuple[str, ...]:
    """From when a window is counted, and which days; or the date it ends by."""
    zone = judge.agreement.terms.zone
    if window.within is None:
        assert window.by is not None
        word = "before" if window.strictly_before else "by"
        value = judge.values.value(window.by)
        return () if isinstance(value, Gap) else (f"{word} {say_shortly(judge, value)}",)
    if window.origin is None:
        start: object = norm.began
        if window.not_before is not None:
            opening = judge.values.value(window.not_before)
            start = max(norm.began, judge.moment(opening)) if not isinstance(opening, Gap) else opening
        origin = f"it began to run {say_moment(start, zone)}" if isinstance(start, datetime) else ""
    else:
        start, origin = judge.values.value(window.origin), ""
    length = length_now(judge.values, window.within)
    if not isinstance(start, date) or isinstance(length, Gap):
        return ()
    told = str(counted(judge.values.day_of(start), length, length.calendar or judge.agreement.terms.calendar))
    return (origin, told) if origin else (told,)


def capped(judge: Judge, cap: t.Cap, limit: Quantity, text: str = "", row: Entry | None = None) -> Derivation:
    """What is left of a cap, or of that of a row, with its limit and the payments that count towards it."""
    used = cap_used(judge.agreement, judge.state, cap, judge.now, limit.unit, row)
    left = limit - used if used < limit else Quantity(0, limit.unit)
    counted = payments_counted(judge.agreement, judge.state, cap, judge.now, row)
    facts = tuple(paid_fact(judge, each) for each in counted if each.amount.unit == limit.unit)
    period = f" in {judge.values.local_day(judge.now).year}" if cap.yearly else ""
    note = f"limit {limit}, used {used}{period}, remaining {left}"
    child = derive(before_cap(judge, cap, row), cap.limit)
    return Derivation(
        text or cap.text,
        str(left),
        section=cap.section,
        notes=(note,),
        facts=facts,
        children=() if child.is_plain else (child,),
    )
