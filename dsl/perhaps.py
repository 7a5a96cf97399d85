"""Money that may have passed by itself, and a role that may have been filled anew, where no world of the deal tells it.

Of a blank the deal is followed as if all that rests on it were so, and as if none of it were; what it will hold can
make some of it so and some not. So in the course in which nobody knows, and in all of them for what is open beyond the
limit of worlds, figures are asked for what may have come (`doubt.py`). What may have gone must not be paid out.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dsl import terms as t
from dsl.compile import covers
from dsl.doubt import unfollowed
from dsl.index import with_about
from dsl.ledger import counted_for, excluded_from
from dsl.money import Quantity
from dsl.reasons import Gap, Reason, Truth
from dsl.records import Doubt
from dsl.state import Entry

if TYPE_CHECKING:
    from dsl.judge import Judge

_Found = tuple[t.Passes, Doubt, Reason]


def gap_of(why: Reason) -> Gap:
    """The gap in a figure that something may have changed."""
    return Gap(Truth.OPEN, why.waits)


def may_have_moved(judge: "Judge", account: str, row: Entry | None = None, only: str = "") -> Reason | None:
    """Why it is open what an account holds, or what somebody was paid: something may have passed from it or into it, or
    `only` "from" or "into" it (about an entry, if one is given); None if nothing may have."""

    def is_its(_: t.Provision, passes: t.Passes) -> bool:
        gone, come = account == source_of(passes), account in _targets(judge, passes)
        return (gone and only != "into") or (come and only != "from")

    return next((why for _, doubt, why in _passing(judge, is_its) if _may_be_for(judge, doubt, row)), None)


def may_lack(judge: "Judge", account: str, rest: int, by: str, held: Callable[[], int | Gap]) -> Reason | None:
    """Why it is open whether an account still has what would leave a `rest` in it (a balance also what is `held`): more
    may have passed from it before, other than `by` one sentence. None if it surely has."""
    most: int | None = 0
    first: Reason | None = None
    for passes, _, why in _passing(judge, lambda own, passes: source_of(passes) == account and own.key != by):
        amount = passes.amount.content if isinstance(passes.amount, t.Literal) else None
        most = most + amount.amount if most is not None and isinstance(amount, Quantity) else None
        first = first or why
    if first is None or most is None:
        return first
    kept = held() if account.endswith("/balance") else 0
    return first if isinstance(kept, Gap) or most > rest - kept else None


def may_be_short(judge: "Judge", provision: t.Provision) -> Reason | None:
    """Why it is open what there is in the account that something passes from by itself, so that it has not passed yet;
    None where it is known what there is, or nothing passes."""
    passes = provision.statement
    account = source_of(passes) if isinstance(passes, t.Passes) else ""
    moved = _passing(judge, lambda own, each: account == source_of(each) and own.key != provision.key)
    return next((why for _, _, why in moved), None)


def may_have_been_paid(
    judge: "Judge", sections: tuple[str, ...], excluding: tuple[str, ...] = (), row: Entry | None = None
) -> Reason | None:
    """Why it is open what was paid under some sections (for a row, if one is given); None if it is not."""

    def is_under(provision: t.Provision, _: t.Passes) -> bool:
        return any(covers(each, provision.cited) for each in sections) and not any(
            covers(each, provision.cited) for each in excluding
        )

    return next((why for _, doubt, why in _passing(judge, is_under) if _may_be_for(judge, doubt, row)), None)


def cap_may_be_used(judge: "Judge", cap: t.Cap, row: Entry | None = None) -> Gap | None:
    """Why it is open how far a cap is used (for a row, where it is counted for each); None if it is not."""
    counted = counted_for(judge.agreement, judge.state, cap, row) if cap.rows else None
    why = may_have_been_paid(judge, cap.sections, excluded_from(judge.agreement, cap), counted)
    return gap_of(why) if why is not None else None


def source_of(passes: t.Passes) -> str:
    """The account that something passes from."""
    return f"{passes.source}/{passes.purpose}"


def _targets(judge: "Judge", passes: t.Passes) -> tuple[str, ...]:
    """The accounts that something may pass to."""
    if passes.payee is None:
        return (f"{passes.target}/balance" if passes.target in judge.agreement.terms.funds else passes.target,)
    payee = judge.values.value(passes.payee)
    return tuple(judge.agreement.terms.parties) if isinstance(payee, Gap) else (judge.say(payee),)


def _passing(judge: "Judge", concerned: Callable[[t.Provision, t.Passes], bool]) -> Iterator[_Found]:
    """What may have passed by the sentences that are `concerned`: nothing from an account that never held anything."""
    for provision in judge.agreement.by_itself.get(t.Passes, ()):
        passes = provision.statement
        assert isinstance(passes, t.Passes)
        if concerned(provision, passes):
            for doubt, why in unfollowed(judge, provision):
                if _may_have_held(judge, source_of(passes), ()):
                    yield passes, doubt, why


def _may_have_held(judge: "Judge", account: str, seen: tuple[str, ...]) -> bool:
    """Whether anything has come into an account, or may have from another one."""
    unit = judge.agreement.terms.funds[account.partition("/")[0]].unit
    if judge.state.has_held(account, unit):
        return True
    for provision in judge.agreement.by_itself.get(t.Passes, ()):
        passes = provision.statement
        assert isinstance(passes, t.Passes)
        source = source_of(passes)
        comes = source not in seen and account in _targets(judge, passes)
        if comes and next(unfollowed(judge, provision), None) and _may_have_held(judge, source, (*seen, account)):
            return True
    return False


def _may_be_for(judge: "Judge", doubt: Doubt, row: Entry | None) -> bool:
    """Whether what may have come for the row of a doubt concerns an entry: it is the same, or about it."""
    return row is None or doubt.row is None or row.number in with_about(judge.state.entries, doubt.row)
