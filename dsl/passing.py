"""Money that passes by itself: the agreement pays it as soon as nothing stands in its way.

A guard of the fund, a cap, too little in the fund, what is held in it, and that nobody is there to take it do.
"""

from dsl import terms as t
from dsl.bearing import named_by
from dsl.checks import short
from dsl.compile import covers
from dsl.holders import vacancy
from dsl.holds import freed_by
from dsl.judge import Judge
from dsl.ledger import cap_used, caps_over_each, move, next_year
from dsl.money import Quantity
from dsl.norms import change
from dsl.owed import limit_of
from dsl.reasons import Reason
from dsl.state import Cut, Entry, Posting, State
from dsl.stopped import cannot_pass


def rows_of(judge: Judge, row: Entry | None) -> tuple[Entry | None, ...]:
    """What an amount passes for: the row, and where it passes for every one of some entries that of the sentence."""
    others = {each.number: each for each in judge.rows.values() if row is None or each.number != row.number}
    return (row, *others.values())


def pass_on(
    state: State, provision: t.Provision, statement: t.Passes, judge: Judge, row: Entry | None
) -> State | Reason:
    """The state after an amount has passed under a sentence for a row, or why it cannot pass now."""
    agreement, whole = judge.agreement, judge.values.value(statement.amount)
    assert isinstance(whole, Quantity)
    amount = whole
    named = statement.target if statement.payee is None else named_by(judge, statement.payee)[0]
    target = f"{named}/balance" if named in agreement.terms.funds else named
    source = f"{statement.source}/{statement.purpose}"
    for guard in agreement.terms.outflows:
        if guard.fund == statement.source and not any(covers(each, provision.cited) for each in guard.sections):
            return cannot_pass(statement, amount, f"section {guard.section} forbids it", guard.section)
    rows = rows_of(judge, row)
    for cap, counted in caps_over_each(agreement, state, provision.cited, rows):
        limit = limit_of(judge, cap, counted)
        assert isinstance(limit, Quantity)
        left = limit - cap_used(agreement, state, cap, state.now, limit.unit, counted)
        if left.unit != amount.unit or left >= amount:
            continue
        told = f"{amount} is more than the {left} left of the cap of section {cap.section}"
        if not cap.pays_to_the_rest:
            judge.instants |= {next_year(state.now, agreement.terms.zone)} if cap.yearly else set()
            return cannot_pass(statement, amount, told, cap.section)
        state = change(state, provision.cited, told, cap.text)
        amount = Quantity(max(left.amount, 0), left.unit)
    of = row.number if row else None
    state = state.with_cut(Cut(provision.key, of, state.now, whole, amount)) if amount != whole else state
    if amount.amount <= 0:
        return state
    freed = freed_by(state, *rows)
    for objection in short(agreement, state, statement.source, amount, statement.purpose, freed, provision.key):
        return cannot_pass(statement, amount, objection.summary, provision.cited)
    nobody = vacancy(judge, (named,))
    if nobody is not None:
        return cannot_pass(statement, amount, nobody.text, nobody.section, nobody.waits)
    over = next((each.number for each in rows[1:] if each is not None), None)
    posting = Posting(0, state.now, "pass", source, target, amount, provision.cited, provision.key, of, over)
    return move(agreement, state, posting)
