"""Acts of the syntax in, the two effects of the kernel out: to make an entry, and to move money."""

from collections.abc import Iterator

from dsl import syntax
from dsl.presets import MAKING_VERBS, PRESETS
from dsl.resolve.figures import fund, fund_type, states_payments, whole
from dsl.resolve.fitting import MONEY, NAME
from dsl.resolve.names import ENTRIES, PEOPLE
from dsl.resolve.references import anchor, ranked
from dsl.resolve.scope import Scope
from dsl.resolve.values import fitting
from dsl.resolve.walk import walk
from dsl.resolve.words import a, joined
from dsl.terms import (
    Act,
    Balance,
    Defined,
    Enter,
    Extreme,
    FieldOf,
    Hold,
    Kind,
    Move,
    Reference,
    Share,
    StageOf,
    Type,
    Value,
)

_FROM_FUNDS = ("release", "retain", "refund")
_FEW = 6
_TAKES_BACK = ("movement", "event")


def act(node: syntax.Act, scope: Scope) -> Act:
    """What a sentence requires, allows or forbids to do."""
    match node:
        case syntax.Making():
            return _making(node, scope)
        case syntax.Releasing():
            return _releasing(node, scope)
        case syntax.Paying():
            return _paying(node, scope)
        case syntax.Depositing():
            return _depositing(node, scope)
        case syntax.Holding():
            return _holding(node, scope)
        case syntax.Lifting():
            about = anchor(node.about, scope) if node.about is not None else None
            return Hold(scope.words(node), node.span, fund(node.fund, scope), about=about, lifts=True)


# ------------------------------------------------------------------ entries


def _making(node: syntax.Making, scope: Scope) -> Enter:
    kinds = kinds_made(node.verb, node.kind, scope)
    about = about_of(node.kind, kinds, node.about, scope) if kinds else None
    to = recipients(node.to, kinds, scope) if node.to else ()
    verb = "make" if node.verb in MAKING_VERBS else node.verb
    return Enter(scope.words(node), node.span, verb, kinds, about, to, node.verb == "send")


def kinds_made(verb: str, node: syntax.Name, scope: Scope) -> tuple[str, ...]:
    """The kinds of entry that are made, signed, delivered or withdrawn; the verb must suit them all."""
    noun = scope.expect(node, ENTRIES, "kind of entry")
    if noun is None:
        return ()
    kinds = scope.names.members(noun)
    for kind in kinds:
        made = scope.names.kinds.get(kind)
        verbs = verbs_of(made) if made else (verb,)
        if made and verb not in verbs:
            words = joined([f"`{each}`" for each in verbs[:_FEW]], "or") if verbs else "no act of anybody"
            scope.wrong(
                node,
                f"Nobody can {verb} {a(made.preset)}",
                f"{kind} is {a(made.preset)}",
                f"It comes about by {words}.",
                f"Write {words}." if verbs else "Let the agreement itself bring it about.",
            )
            break
    return kinds


def verbs_of(kind: Kind) -> tuple[str, ...]:
    """The words for acts on an entry of a kind."""
    preset = PRESETS[kind.preset]
    if kind.preset == "movement" or kind.every is not None:
        return ()
    if preset.signed and kind.signers:
        return tuple(dict.fromkeys((*preset.verbs, "issue", "make", "deliver", "withdraw")))
    if preset.signed:
        return tuple(dict.fromkeys(("make", "issue", "give", "present", "deliver", "withdraw", *sorted(MAKING_VERBS))))
    handed = ("deliver",) if preset.sent else ()
    return preset.verbs if kind.preset in _TAKES_BACK else (*preset.verbs, *handed, "withdraw")


def not_otherwise(made: Kind, place: syntax.Node, scope: Scope) -> None:
    """What recurs comes on its days, and in no other way."""
    if made.every is not None:
        why = f"{a(made.name)[0].upper()}{a(made.name)[1:]} comes on each of its days, and states the day."
        hint = "Leave this out, or let another kind of event occur."
        scope.wrong(place, f"{made.name} recurs by itself", "made in another way", why, hint)


def about_of(place: syntax.Node, kinds: tuple[str, ...], node: syntax.Anchor | None, scope: Scope) -> Reference | None:
    """The entry that a new entry is about, which must be of the kind its definition says."""
    wanted = tuple(dict.fromkeys(made.about for made in map(scope.names.kinds.get, kinds) if made and made.about))
    if node is None:
        for each in wanted:
            if each in scope.rows:
                scope.wrong(
                    place,
                    f"About which {each}?",
                    f"the sentence ranges over every {each}",
                    f"{joined(kinds)} is about one {each}; without saying which, one would do for all.",
                    f"Add `about such {each}`.",
                )
        return None
    found = anchor(node, scope)
    about_kinds = set(scope.names.kinds_of(found))
    if not wanted:
        scope.wrong(
            node,
            f"{joined(kinds)} is about no entry",
            "its definition names none",
            "Only an entry whose definition says `about` has another entry that it is about.",
            f"Add `about {a(min(about_kinds))}` to the definition." if about_kinds else "Leave `about ...` out.",
        )
    for each in wanted:
        if about_kinds and not about_kinds <= set(scope.names.members(each)):
            scope.wrong(
                node,
                f"Not about {a(each)}",
                f"{joined(kinds)} is about {a(each)}",
                f"This speaks of {joined(sorted(about_kinds), 'or')}.",
                f"Write `about such {each}`, `about the latest {each}` or `about {a(each)}`.",
            )
    return found


def recipients(node: syntax.Names, kinds: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    """To whom it goes, among those it is addressed to."""
    found = people(node, scope)
    for kind in kinds:
        made = scope.names.kinds.get(kind)
        if made is None or not made.recipients:
            continue
        known = frozenset().union(*(scope.names.people(each) for each in made.recipients))
        for name, written in zip(found, node.names, strict=True):
            if name != "?" and not scope.names.people(name) & known:
                scope.wrong(
                    written,
                    f"{kind} does not go to {name}",
                    "not among those it is addressed to",
                    f"{kind} is addressed to {joined(made.recipients)}.",
                    scope.near(name, made.recipients) or "Name one of them, or change its definition.",
                )
    return found


def people(node: syntax.Names, scope: Scope, sorts: tuple[str, ...] = PEOPLE, wanted: str = "party") -> tuple[str, ...]:
    """Several names of somebody."""
    return tuple(scope.expect(each, sorts, wanted) or "?" for each in node.names)


# -------------------------------------------------------------------- money


def _releasing(node: syntax.Releasing, scope: Scope) -> Move:
    name = fund(node.fund, scope)
    plan = anchor(node.plan, scope)
    states_payments(node.plan, plan, scope)
    return Move(scope.words(node), node.span, node.verb, name, False, None, plan, ())


def _paying(node: syntax.Paying, scope: Scope) -> Move:
    words = scope.words(node)
    named = node.to if isinstance(node.to, syntax.Names) else None
    payee = fitting(node.to, NAME, scope) if isinstance(node.to, syntax.FieldOf | syntax.AsOf) else None
    target = named.names[0] if named and len(named.names) == 1 else None
    into = target is not None and scope.names.sort(target.text) == "fund"
    if node.verb == "credit" or (target is not None and into):
        return _crediting(node, named, scope)
    source = fund(node.account.fund, scope) if node.account else ""
    amount = _amount(node.amount, source, scope)
    source = source or _own_fund(node.amount, amount, scope)
    purpose = purpose_of(node.account, amount, source, node, scope)
    if not source and node.verb in _FROM_FUNDS:
        scope.wrong(
            node,
            "From which fund?",
            f"nothing says what to {node.verb} it from",
            scope.listed(("fund",), "fund"),
            f"Add `from the {next(iter(scope.names.funds), 'Escrow Fund')}`.",
        )
    order = _order(node, scope) if node.order is not None else None
    return Move(words, node.span, node.verb, source, False, amount, None, _payees(named, scope), purpose, payee, order)


def _order(node: syntax.Paying | syntax.Depositing, scope: Scope) -> FieldOf | StageOf | None:
    """What the rows of the sentence are paid in the order of."""
    if scope.rows:
        return ranked(node.order or "", node.span, scope.rows[-1], scope)
    scope.wrong(
        node,
        "In the order of what?",
        "the sentence ranges over no entries",
        "An order is one of several entries, for each of which something is paid.",
        "Begin the sentence with `For each Claim, ...`.",
    )
    return None


def _crediting(node: syntax.Paying, to: syntax.Names | None, scope: Scope) -> Move:
    """`credit any amount to the Escrow Fund`: money that was not deposited by anybody, such as interest."""
    name = fund(to.names[0], scope) if to else "?"
    amount, order = _amount(node.amount, name, scope), _order(node, scope) if node.order is not None else None
    if node.verb != "credit" or to is None or len(to.names) != 1 or node.account is not None:
        scope.wrong(
            node,
            "Not a payee",
            "a fund is not paid",
            "Money goes into a fund by `deposit ... into`, or by `credit ... to` for interest.",
            f"Write `deposit ... into the {name}`.",
        )
    return Move(scope.words(node), node.span, "credit", name, True, amount, None, (), order=order)


def _depositing(node: syntax.Depositing, scope: Scope) -> Move:
    words = scope.words(node)
    if node.place == "into":
        if node.account is not None:
            from_outside(node.account, scope)
        name = fund(node.name, scope)
        amount, order = _amount(node.amount, name, scope), _order(node, scope) if node.order is not None else None
        return Move(words, node.span, "deposit", name, True, amount, None, (), order=order)
    if node.order is not None:
        scope.wrong(
            node,
            "In the order of what?",
            "handed over as a whole",
            "What is deposited with somebody is the whole of an amount or nothing, so it is not divided.",
            "Leave `in order of ...` out.",
        )
    payee = scope.expect(node.name, PEOPLE, "payee") or "?"
    source = fund(node.account.fund, scope) if node.account is not None else ""
    amount = _amount(node.amount, source, scope)
    source = source or _own_fund(node.amount, amount, scope)
    if not source:
        scope.wrong(
            node,
            "From which fund?",
            "nothing says what is deposited",
            "What is deposited with somebody leaves a fund.",
            f"Add `from the {next(iter(scope.names.funds), 'Escrow Fund')}`.",
        )
    purpose = purpose_of(node.account, amount, source, node, scope)
    return Move(words, node.span, "deposit", source, False, amount, None, (payee,), purpose)


def from_outside(place: syntax.Node, scope: Scope) -> None:
    """What somebody deposits into a fund is brought; from one fund to another money passes."""
    scope.wrong(
        place,
        "A deposit out of a fund",
        "deposited into another one",
        "Whoever deposits into a fund brings the money.",
        "Leave this out; or let it pass by itself: `... passes from the Escrow Fund to the Fee Fund`.",
    )


def _holding(node: syntax.Holding, scope: Scope) -> Hold:
    name = fund(node.fund, scope)
    if node.amount is None:
        return Hold(scope.words(node), node.span, name)
    amount = _amount(node.amount, name, scope)
    about = anchor(node.about, scope) if node.about is not None else None
    return Hold(scope.words(node), node.span, name, True, amount, about)


def _amount(node: syntax.Value | syntax.AnyAmount, source: str, scope: Scope) -> Value | None:
    """The amount moved; a fund by its name is all it holds, and None is for the actor to choose."""
    if isinstance(node, syntax.AnyAmount):
        return None
    if isinstance(node, syntax.Entry) and scope.names.sort(node.noun.text) == "fund":
        return whole(scope.names.canonical(node.noun.text), node.span, scope)[0]
    wanted: Type = fund_type(source, scope) if source else MONEY
    return fitting(node, wanted, scope)


def _own_fund(node: syntax.Value | syntax.AnyAmount, amount: Value | None, scope: Scope) -> str:
    """The fund whose balance the amount is."""
    if isinstance(amount, Defined):
        amount = scope.names.meanings.get(amount.name)
    funds = [each.fund for each in walk(amount) if isinstance(each, Balance)]
    return funds[0] if funds else ""


def purpose_of(
    account: syntax.Account | None, amount: Value | None, source: str, node: syntax.Node, scope: Scope
) -> str:
    """The part of a fund that money leaves: the one said, or the one whose figure the amount is."""
    if account is not None and account.purpose is not None:
        return account.purpose
    drawn = _drawn(amount, scope)
    spoken = {each.part for each in _balances(amount, scope) if each.fund == source} - {"balance"}
    if drawn is None and spoken:
        parts = " or ".join(f"`from the {purpose} of the {source}`" for purpose in ("balance", *sorted(spoken)))
        scope.wrong(
            node,
            f"From which part of the {source}?",
            f"the amount speaks of its {' and '.join(sorted(spoken))}",
            "The balance, the excess and the interest of a fund are kept apart.",
            f"Add {parts}.",
        )
    return drawn or "balance"


def _drawn(amount: Value | None, scope: Scope) -> str | None:
    """The part of a fund whose figure an amount is, a share of it, or the smaller of it and something else."""
    match amount:
        case Balance(part=part):
            return part
        case Share(whole=whole):
            return _drawn(whole, scope)
        case Defined(name=name):
            return _drawn(scope.names.meanings.get(name), scope)
        case Extreme(word="smaller", left=left, right=right):
            return _drawn(left, scope) or _drawn(right, scope)
        case _:
            return None


def _balances(amount: Value | None, scope: Scope) -> Iterator[Balance]:
    for each in walk(amount):
        if isinstance(each, Balance):
            yield each
        elif isinstance(each, Defined):
            yield from _balances(scope.names.meanings.get(each.name), scope)


def _payees(node: syntax.Names | None, scope: Scope) -> tuple[str, ...]:
    if node is None:
        return ()
    if len(node.names) > 1 and node.joined_by != "or":
        scope.wrong(
            node,
            "How is it divided?",
            "one amount to several",
            "Nothing says how much each of them is paid.",
            "Write one payment to each, or `according to` an entry that states payments.",
        )
    return people(node, scope)
