"""One act upon several entries: an attempt in, the same with each entry named out, and how they are decided together.

`make a Write Off about every Invoice which is Late` is one act for each entry that is one now. An amount that is paid
for several entries at once is divided among them: in the order that the agreement states, each up to what is still owed
for it, or, where it states none, only where it is exactly what is owed for all of them. What is recorded names each
entry and each amount. All of it is accepted, or nothing.
"""

from collections.abc import Callable, Iterator

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import bears, binds
from dsl.choosing import owed_alone, unsaid_section
from dsl.compile import Agreement, covers
from dsl.copying import replace
from dsl.dividing import in_turn
from dsl.entries import find, row_of
from dsl.events import Acted, Malformed, Part, Refused
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.norms import DONE, judge_for, rows_of
from dsl.owed import still_owed
from dsl.permits import matches
from dsl.ranking import rank_of
from dsl.reasons import Gap, Reason, Truth
from dsl.standing import standing
from dsl.state import Entry, State, key_of
from dsl.understood import completed, named

Payment = a.Pay | a.Deposit | a.DepositWith
"""What is paid for entries, to somebody or into a fund."""

_TOLD = 6


def spread(law: Agreement, state: State, attempt: a.Attempt) -> a.Attempt | Malformed:
    """The attempt with each entry that it is about, and what is paid for each; or why that cannot be said."""
    action = attempt.action
    if attempt.every is None:
        return _in_order(law, state, attempt, action) if isinstance(action, Payment) and not attempt.also else attempt
    values = Judge(law, state, state.now).values
    gap = values.undecided(attempt.every)
    rows = tuple(values.taken(attempt.every))
    if gap is not None:
        return Malformed((f"It is open which they are: it waits for {', '.join(wait.text for wait in gap.waits)}.",))
    if not rows:
        return Malformed((f"There is no {attempt.every.text} now.",))
    if isinstance(action, Payment):
        return _divided(law, state, attempt, action, {row.number for row in rows})
    if not isinstance(action, a.Make):
        return Malformed(("Only what is made or paid can be about every one of several entries.",))
    if action.name and len(rows) > 1:
        return Malformed((f'"{action.name}" would be the name of {len(rows)} entries. Leave the name out.',))
    return _of_several(attempt, tuple(replace(action, about=row.name) for row in rows))


def understood(law: Agreement, state: State, attempt: a.Attempt) -> tuple[a.Attempt, bool] | Malformed:
    """The attempt with all said that it leaves to be understood, and whether it is several acts, or one for an entry
    that it did not name; or why that cannot be said."""
    each = spread(law, state, attempt)
    if isinstance(each, Malformed):
        return each
    return named(law, state, completed(law, state, each)), each is not attempt or bool(attempt.also)


def _of_several(attempt: a.Attempt, acts: tuple[a.Make | Payment, ...]) -> a.Attempt:
    return replace(attempt, action=acts[0], also=acts[1:], every=None)


# --------------------------------------------------------------------- money


def _in_order(law: Agreement, state: State, attempt: a.Attempt, action: Payment) -> a.Attempt | Malformed:
    """A payment that does not say what it is for, where the agreement states in which order payments are applied."""
    ordered = any(act.order is not None for _, act in _paying(law, attempt, action))
    return attempt if action.about or not ordered else _divided(law, state, attempt, action, None)


def _paying(law: Agreement, attempt: a.Attempt, action: Payment) -> Iterator[tuple[t.Provision, t.Move]]:
    """The duties and powers of the actor to pay for entries, of which the payment could be one."""
    for provision in law.provisions:
        statement = provision.statement
        if not isinstance(statement, t.Duty | t.Power) or not isinstance(statement.act, t.Move):
            continue
        act = statement.act
        named = _to(action, act.payees[0]) if act.payees else action
        if provision.rows is None or act.amount is None or not binds(law, attempt.actor, statement):
            continue
        under = not attempt.under or covers(attempt.under, provision.cited)
        if under and matches(law, attempt.actor, named, act):
            yield provision, act


def _divided(
    law: Agreement, state: State, attempt: a.Attempt, action: Payment, only: set[int] | None
) -> a.Attempt | Malformed:
    """A payment divided among the entries for which something is owed now (`only` these, if they are given)."""
    found: list[Way] = []
    for provision, act in _paying(law, attempt, action):
        every = _owing(
            law, state, provision, act, action, attempt.actor, lambda row: only is None or row.number in only
        )
        owing = [each for each in every if isinstance(each[1], Gap) or each[1] > 0]
        found += [(provision, act, owing)] if owing else []
    if only is None:
        found = _meant(found, action.amount.amount, owed_alone(law, state, attempt))
    if only is None and all(act.order is None for _, act, _ in found):
        return attempt
    if len(found) > 1:
        return unsaid_section(provision.cited for provision, _, _ in found)
    if not found:
        return Malformed(("Nothing is owed for these entries now.",))
    _, act, owing = found[0]
    for row, left, _ in owing:
        if isinstance(left, Gap):
            waits = ", ".join(wait.text for wait in left.waits)
            return Malformed((f'What is owed for "{row.name}" is not known: it waits for {waits}.',))
    known = [(row, left, each) for row, left, each in owing if isinstance(left, int)]
    parts = _in_turn(law, state, act, action.amount, known) if act.order else _exactly(action.amount, known)
    if isinstance(parts, Malformed):
        return parts
    return _of_several(attempt, tuple(each for each in parts if each.amount.amount))


Way = tuple[t.Provision, t.Move, list[tuple[Entry, int | Gap, Payment]]]
"""A section under which entries could be paid, with what is still owed for each."""


def _meant(found: list[Way], amount: int, alone: bool) -> list[Way]:
    """The sections that a payment which names none could be under: those that allow as much, or the one that pays in an
    order and of which alone it is all that is still owed; none if it is so (`alone`) of a duty that knows no order."""
    lefts = [[left for _, left, _ in owing] for _, _, owing in found]
    known = [[left for left in each if isinstance(left, int)] for each in lefts]
    tops = [
        None if len(few) < len(every) else sum(few) if act.order is not None else max(few)
        for (_, act, _), every, few in zip(found, lefts, known, strict=True)
    ]
    enough = [way for way, top in zip(found, tops, strict=True) if top is None or top >= amount] or found
    whole = [way for way, top in zip(found, tops, strict=True) if way[1].order is not None and top == amount]
    exact = any(amount in few for (_, act, _), few in zip(found, known, strict=True) if act.order is None)
    if alone and not whole:
        return []
    sure = len(whole) == 1 and not exact and all(isinstance(way[0].statement, t.Duty) for way in enough)
    return whole if sure else enough


def _owing(
    law: Agreement,
    state: State,
    provision: t.Provision,
    act: t.Move,
    action: Payment,
    actor: str,
    wanted: Callable[[Entry], bool],
) -> Iterator[tuple[Entry, int | Gap, Payment]]:
    """What is still owed now for each entry that is wanted, in minor units, with the payment for it alone."""
    for row in rows_of(law, state, provision, Judge(law, state, state.now)):
        norm = state.norms.get(key_of(provision.key, row.number if row is not None else None))
        if row is None or norm is None or norm.status in DONE or not wanted(row):
            continue
        if standing(law, state, provision, row).truth is not Truth.TRUE:
            continue
        judge = judge_for(law, state, provision, row)
        if isinstance(provision.statement, t.Binding) and not bears(judge, actor, provision.statement):
            continue
        if isinstance(action, a.Pay) and action.to and act.payee is not None and action.to != _payee(judge, act):
            continue
        alone = replace(_to(action, act.payees[0] if act.payees else _payee(judge, act)), about=row.name)
        yield row, still_owed(judge, provision, act, norm), alone


def _to(action: Payment, payee: str) -> Payment:
    """A payment with the payee that it leaves to be understood."""
    return replace(action, to=action.to or payee) if isinstance(action, a.Pay) else action


def _payee(judge: Judge, act: t.Move) -> str:
    found = judge.values.value(act.payee) if act.payee is not None else ""
    return found.name if isinstance(found, t.NameValue) else f'"{found}"' if isinstance(found, str) and found else ""


def _exactly(amount: Quantity, owing: list[tuple[Entry, int, Payment]]) -> tuple[Payment, ...] | Malformed:
    """What is owed for each entry, if an amount is exactly that."""
    whole = Quantity(sum(left for _, left, _ in owing), amount.unit)
    if whole == amount:
        return tuple(replace(each, amount=Quantity(left, amount.unit)) for _, left, each in owing)
    names = ", ".join(f'"{row.name}"' for row, _, _ in owing[:_TOLD]) + (", ..." if len(owing) > _TOLD else "")
    return Malformed((f"{whole} is owed for {names}; of another amount, say about which it is.",))


def _in_turn(
    law: Agreement, state: State, act: t.Move, amount: Quantity, owing: list[tuple[Entry, int, Payment]]
) -> tuple[Payment, ...] | Malformed:
    """An amount divided in the order of an act; what is beyond all that is owed goes to the last, which is refused."""
    assert act.order is not None
    values = Judge(law, state, state.now).values
    ranks = [rank_of(values, act.order, row) for row, _, _ in owing]
    unranked = [row.name for (row, _, _), rank in zip(owing, ranks, strict=True) if isinstance(rank, Gap)]
    if unranked:
        return Malformed((f'Where "{unranked[0]}" stands in the order is not known.',))
    parts = list(in_turn(amount.amount, [left for _, left, _ in owing], ranks))
    order = sorted(range(len(owing)), key=lambda place: (ranks[place], place))
    parts[order[-1]] += amount.amount - sum(parts)
    return tuple(replace(owing[place][2], amount=Quantity(parts[place], amount.unit)) for place in order)


def out_of_turn(law: Agreement, state: State, acted: Acted) -> Refused | None:
    """Refuse a payment for one entry while another one comes before it in the order that the agreement states."""
    provision, action, row = law.by_key.get(acted.provision), acted.attempt.action, row_of(state, acted)
    act = getattr(provision.statement, "act", None) if provision is not None else None
    if provision is None or row is None or not isinstance(action, Payment) or not isinstance(act, t.Move):
        return None
    if act.order is None:
        return None
    values = Judge(law, state, state.now).values
    order, mine = act.order, rank_of(values, act.order, row)

    def comes_first(other: Entry) -> bool:
        rank = rank_of(values, order, other)
        known = not isinstance(mine, Gap) and not isinstance(rank, Gap)
        return other.number != row.number and not (known and rank >= mine)

    whoever = replace(action, to="") if isinstance(action, a.Pay) else action
    for other, left, _ in _owing(law, state, provision, act, whoever, acted.attempt.actor, comes_first):
        if not isinstance(left, Gap) and left <= 0:
            continue
        told = "what is owed for it is not known" if isinstance(left, Gap) else f"{_still(left, action)} is still owed"
        summary = f'"{other.name}" comes first: {told}.'
        reason = Reason(Truth.FALSE, provision.text, provision.cited, summary[:-1])
        return Refused(acted.at, acted.attempt, provision.cited, summary, (reason,))
    return None


def _still(left: int, action: Payment) -> Quantity:
    return Quantity(left, action.amount.unit)


# ------------------------------------------------------------------ together


def singles(acted: Acted) -> Iterator[Acted]:
    """The acts that an accepted attempt is made of, each as if it had been accepted alone, in order."""
    attempt = acted.attempt
    yield replace(acted, attempt=replace(attempt, also=()), parts=())
    for action, part in zip(attempt.also, acted.parts, strict=True):
        alone = replace(attempt, action=action, also=())
        yield Acted(
            acted.at, alone, part.section, part.provision, part.row, part.note, acted.moves, part.group, part.hands,
            part.papers,
        )  # fmt: skip


def all_or_nothing(
    attempt: a.Attempt,
    state: State,
    decide: Callable[[a.Attempt, State], Acted | Refused | Malformed],
    evolve: Callable[[Acted, State], State],
) -> Acted | Refused | Malformed:
    """What several acts lead to that stand or fall together, each decided after what follows from those before it."""
    answers: list[Acted] = []
    before = state
    for action in attempt.acts:
        state = evolve(answers[-1], state) if answers else state
        alone = replace(attempt, action=action, also=())
        answer = decide(alone, state)
        if isinstance(answer, Refused) and _has_fallen_away(before, state, action):
            assert isinstance(action, Payment)
            told = f'{action.amount} for "{action.about}" is not payable'
            answers[-1] = replace(answers[-1], note="; ".join(each for each in (answers[-1].note, told) if each))
            continue
        if not isinstance(answer, Acted):
            return not_all(attempt, alone, answer)
        answers.append(answer)
    return _as_one(attempt, answers)


def _has_fallen_away(before: State, state: State, action: a.Action) -> bool:
    """Whether the duty to pay for an entry is excused since, because what was paid for others has used up a cap."""
    row = find(state, (), action.about) if isinstance(action, Payment) and action.about else None
    of_row = [norm for norm in state.norms.values() if row is not None and norm.row == row.number]
    return any(
        norm.status == "excused" and before.norms.get(key_of(norm.provision, norm.row)) != norm for norm in of_row
    )


def not_all(attempt: a.Attempt, alone: a.Attempt, answer: Refused | Malformed) -> Refused | Malformed:
    """What one of several acts was answered, as the answer to the whole attempt, with the entry it is about."""
    for_it = f'For "{getattr(alone.action, "about", "")}": '
    if isinstance(answer, Malformed):
        return replace(answer, problems=tuple(f"{for_it}{each}" for each in answer.problems))
    return replace(answer, attempt=attempt, summary=f"{for_it}{answer.summary}")


def _as_one(attempt: a.Attempt, answers: list[Acted]) -> Acted:
    """Several acts that were accepted one after the other, as the answer to one attempt."""
    first, *others = answers
    also = tuple(each.attempt.action for each in others if isinstance(each.attempt.action, a.Make | Payment))
    parts = tuple(
        Part(each.section, each.provision, each.row, each.note, each.group, each.hands, each.papers) for each in others
    )
    return replace(first, attempt=replace(attempt, action=first.attempt.action, also=also), parts=parts)
