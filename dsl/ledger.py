"""Money: accounts, postings and caps, in whole minor units and by double entry.

An account is a party, or one purpose of a fund: `Escrow Fund/balance`, `/excess`, `/interest`. Every posting takes an
amount from one account and gives it to another, so all accounts together are always zero, and no fund can go below
nothing. What a deposit brings beyond the purpose of a fund is kept apart as excess.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from dsl import terms as t
from dsl.calendars import local_date, start_of_day
from dsl.compile import Agreement, covers
from dsl.money import Quantity
from dsl.naming import come_about, named_by_itself, origin_of
from dsl.state import Entry, Posting, State


def paid_under(
    agreement: Agreement,
    state: State,
    sections: tuple[str, ...],
    excluding: tuple[str, ...] = (),
    year: int | None = None,
    unit: str = "",
    row: Entry | None = None,
) -> Quantity:
    """All that was paid under the sections in one unit (the agreement's currency); of one year or row, if given."""
    unit = unit or agreement.terms.currency
    counted = _sections_counted(agreement, state, sections, excluding)
    if year is None and row is None:
        return Quantity(sum(state.paid(section, unit) for section in counted), unit)
    paid = _postings_counted(agreement, state, counted, year, row)
    return Quantity(sum(posting.amount.amount for posting in paid if posting.amount.unit == unit), unit)


def _postings_counted(
    agreement: Agreement, state: State, counted: tuple[str, ...], year: int | None, row: Entry | None
) -> Iterator[Posting]:
    for posting in state.paid_for(row.number) if row is not None else state.all_postings():
        when: date = local_date(posting.at, agreement.terms.zone)
        if posting.section in counted and (year is None or when.year == year):
            yield posting


def _sections_counted(
    agreement: Agreement, state: State, sections: tuple[str, ...], excluding: tuple[str, ...]
) -> tuple[str, ...]:
    known = dict.fromkeys((*agreement.sections, *(section for section, _ in state.index.paid)))
    return _counted(tuple(known), sections, excluding)


@lru_cache(maxsize=256)
def _counted(known: tuple[str, ...], sections: tuple[str, ...], excluding: tuple[str, ...]) -> tuple[str, ...]:
    """The known sections that are among these or inside them, without those excluded."""
    return tuple(
        each
        for each in known
        if any(covers(section, each) for section in sections)
        and not any(covers(section, each) for section in excluding)
    )


def cap_on(agreement: Agreement, section: str, *, for_each: bool = False) -> t.Cap:
    """The cap on all rows, or for each, that names a section, or else one that stands in it or names what it is in; of
    several, the one that stands in it, or that names the fewest sections. The resolver has made sure there is one."""
    caps = (cap for cap in agreement.terms.caps if bool(cap.rows) is for_each)
    found = [cap for cap in caps if cap.section == section or any(covers(each, section) for each in cap.sections)]
    return min(found, key=lambda cap: (section not in cap.sections, cap.section != section, len(cap.sections)))


def caps_over(agreement: Agreement, state: State, section: str, row: Entry | None = None) -> tuple[t.Cap, ...]:
    """The caps that a payment under a section, for a row, counts towards."""
    return tuple(
        cap
        for cap in agreement.terms.caps
        if (not cap.rows or counted_for(agreement, state, cap, row) is not None)
        and any(covers(capped, section) for capped in cap.sections)
        and not any(covers(excluded, section) for excluded in excluded_from(agreement, cap))
    )


def caps_over_each(
    agreement: Agreement, state: State, section: str, rows: Iterable[Entry | None]
) -> tuple[tuple[t.Cap, Entry | None], ...]:
    """The caps that a payment for several rows at once counts towards, each with the first of these for which it does:
    for one Claim, what passes for every Holder is for both."""
    found: dict[int, tuple[t.Cap, Entry | None]] = {}
    for row in (*rows, None):
        for cap in caps_over(agreement, state, section, row):
            found.setdefault(id(cap), (cap, row))
    return tuple(found.values())


def counted_for(agreement: Agreement, state: State, cap: t.Cap, row: Entry | None) -> Entry | None:
    """The entry for which a payment for a row is counted: the row, or what it is about; None if there is none."""
    kinds = agreement.kinds_of(cap.rows)
    while row is not None and row.kind not in kinds:
        row = state.entry(row.about) if row.about is not None else None
    return row


def excluded_from(agreement: Agreement, cap: t.Cap) -> tuple[str, ...]:
    """The sections a cap does not count: those it names, and those its own section yields to by exclusion."""
    edges = (
        edge.upper for edge in agreement.terms.edges if edge.mode == "exclusion" and covers(edge.lower, cap.section)
    )
    return (*cap.excluding, *edges)


def cap_used(
    agreement: Agreement, state: State, cap: t.Cap, now: datetime, unit: str = "", row: Entry | None = None
) -> Quantity:
    """How much of a cap in a unit is used: in the life of the agreement or the calendar year of `now`; or for a row."""
    year = local_date(now, agreement.terms.zone).year if cap.yearly else None
    counted = counted_for(agreement, state, cap, row) if cap.rows else None
    return paid_under(agreement, state, cap.sections, excluded_from(agreement, cap), year, unit, counted)


def payments_counted(
    agreement: Agreement, state: State, cap: t.Cap, now: datetime, row: Entry | None = None
) -> tuple[Posting, ...]:
    """The payments that count towards a cap now, in whatever unit; for a row, where it is counted for each."""
    year = local_date(now, agreement.terms.zone).year if cap.yearly else None
    counted = counted_for(agreement, state, cap, row) if cap.rows else None
    sections = _sections_counted(agreement, state, cap.sections, excluded_from(agreement, cap))
    return tuple(_postings_counted(agreement, state, sections, year, counted))


def next_year(now: datetime, zone: str) -> datetime:
    """The instant at which a cap on each calendar year counts anew."""
    return start_of_day(date(min(local_date(now, zone).year + 1, date.max.year), 1, 1), zone)


def move(agreement: Agreement, state: State, posting: Posting) -> State:
    """Post an amount, and enter it as a row of each kind of movement that it is."""
    state = state.with_posting(posting)
    for kind in _kinds_of(agreement, posting):
        state = _as_entry(agreement, state, kind, posting)
    return state


def unpaid(agreement: Agreement, state: State, postings: tuple[Posting, ...]) -> State:
    """The state as if payments had not been made, and so not entered as movements."""
    stems = [(kind.name, _stem(kind, posting)) for posting in postings for kind in _kinds_of(agreement, posting)]
    entries = tuple(
        entry
        for kind, stem in stems
        for entry in state.of_kind(kind)
        if entry.name == stem or entry.name.startswith(f"{stem} (")
    )
    return state.without(postings, entries)


def _kinds_of(agreement: Agreement, posting: Posting) -> Iterator[t.Kind]:
    """The kinds of movement that a posting is."""
    for kind in agreement.movements:
        account = posting.target if kind.way == "into" else posting.source
        if account.startswith(f"{kind.fund}/"):
            yield kind


def _stem(kind: t.Kind, posting: Posting) -> str:
    """How the name of a movement begins. That of an act's has the number of the log; what passes by itself has none."""
    return f"{kind.name} {posting.number}" if posting.number else f"{kind.name} under section {posting.section}"


def _as_entry(agreement: Agreement, state: State, kind: t.Kind, posting: Posting) -> State:
    """A movement as an entry."""
    payer, payee = posting.source.partition("/")[0], posting.target.partition("/")[0]
    rows = tuple(state.entry(each) for each in (posting.answers, posting.row) if each is not None)
    fields: tuple[tuple[str, t.Content], ...] = (
        ("Amount", posting.amount),
        ("Payer", t.somebody(payer)),
        ("Payee", t.somebody(payee)),
    )
    entry = Entry(
        number=len(state.entries) + 1,
        kind=kind.name,
        name="",
        author=payer if kind.way == "into" else payee,
        at=posting.at,
        section=posting.section,
        fields=fields,
        origin="" if posting.number else origin_of(kind.name, posting.provision, rows),
    )
    return come_about(agreement, state, replace(entry, name=named_by_itself(state, entry, stem=_stem(kind, posting))))


def split_deposit(
    fund: t.Fund, purpose: Quantity | None, held: Quantity, amount: Quantity
) -> tuple[Quantity, Quantity]:
    """How much of a deposit serves the purpose of the fund, and how much is excess.

    `held` is all that has ever been deposited for the purpose: what was paid out since does not make room again.
    """
    if purpose is None:
        return amount, Quantity(0, fund.unit)
    room = max(purpose.amount - held.amount, 0)
    serving = min(room, amount.amount)
    return Quantity(serving, fund.unit), Quantity(amount.amount - serving, fund.unit)


def balance_about(state: State, account: str, row: Entry) -> int:
    """What came into an account about an entry and has not gone out about it, in minor units."""
    total = 0
    for posting in state.paid_for(row.number):
        total += posting.amount.amount * ((posting.target == account) - (posting.source == account))
    return total


def deposited(state: State, fund: t.Fund) -> Quantity:
    """All that was ever deposited for the purpose of a fund."""
    return Quantity(state.index.deposited.get(f"{fund.name}/balance", 0), fund.unit)
