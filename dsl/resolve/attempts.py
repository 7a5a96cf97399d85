"""Attempts of the syntax in, actions out: what somebody tries to do, in the nouns of the deal.

Whether the act is allowed, and whether the entry it names exists, depends on what has happened; that is not asked here.
"""

from dsl import actions, syntax
from dsl.actions import Action, Attempt
from dsl.money import Quantity
from dsl.resolve.acts import from_outside, kinds_made, people
from dsl.resolve.contents import known, known_fields
from dsl.resolve.figures import fund
from dsl.resolve.literals import quantity
from dsl.resolve.names import ENTRIES, PEOPLE
from dsl.resolve.scope import Scope
from dsl.resolve.sections import section
from dsl.resolve.values import selection
from dsl.resolve.words import enumerated
from dsl.terms import Kind, Type


def attempt(node: syntax.Attempt, scope: Scope) -> Attempt:
    """`ATG: sign the Documents.`"""
    under = section(node.under, scope) if node.under is not None else ""
    by = somebody(node.agent, scope, "person") if node.agent is not None else ""
    actor = somebody(node.actor, scope, "party")
    about = getattr(node.deed, "about", None)
    every = selection(about, scope) if isinstance(about, syntax.Entry) else None
    return Attempt(actor, _action(node.deed, scope), under, by, every=every, keyed=node.key is not None)


def _action(node: syntax.Deed, scope: Scope) -> Action:
    match node:
        case syntax.MakeDeed() | syntax.NamedDeed():
            return _with_paper(node, scope)
        case syntax.ReleaseDeed() | syntax.PayDeed() | syntax.DepositDeed() | syntax.HoldDeed() | syntax.LiftDeed():
            return _with_money(node, scope)
        case syntax.FillDeed():
            return _filling(node, scope)
        case syntax.ChooseDeed():
            return _choosing(node, scope)
        case syntax.AssertDeed():
            return actions.AssertBreach(section(node.section, scope))


# ------------------------------------------------------------------ entries


def _with_paper(node: syntax.MakeDeed | syntax.NamedDeed, scope: Scope) -> Action:
    to = people(node.to, scope) if node.to else ()
    if isinstance(node, syntax.NamedDeed):
        return _named(node, to, scope)
    noun = scope.expect(node.kind, ENTRIES, "kind of entry") or "?"
    kinds = kinds_made(node.verb, node.kind, scope) if noun != "?" else ()
    name = node.name.text if node.name else ""
    about = _about(node.about)
    made = scope.names.kinds.get(kinds[0]) if len(kinds) == 1 else None
    match node.verb:
        case "deliver":
            return actions.Deliver(noun, name, to)
        case "withdraw":
            return actions.Withdraw(noun, name)
        case _ if node.verb == "sign" or (made is not None and made.signers):
            fields = _fields(node, made, scope) if node.fields else None
            return actions.Sign(noun, name, fields, about)
        case _:
            channel = scope.expect(node.channel.channel, ("channel",), "channel") or "?" if node.channel else ""
            written = node.channel.copy if node.channel else None
            copied = scope.expect(written, ("channel",), "channel") or "?" if written else ""
            return actions.Make(noun, name, _fields(node, made, scope), about, to, channel, copied)


def _fields(node: syntax.MakeDeed, made: Kind | None, scope: Scope) -> actions.Fields:
    if made is not None:
        return known_fields(node, node.fields, made, scope)
    if node.fields:
        scope.wrong(
            node.fields[0],
            "Content for a list",
            "each member has content of its own",
            f"{node.kind.text} stands for several kinds of entry.",
            "Name one kind to state its content.",
        )
    return ()


def _named(node: syntax.NamedDeed, to: tuple[str, ...], scope: Scope) -> Action:
    name = node.name.text
    match node.verb:
        case "sign":
            return actions.Sign("", name)
        case "deliver":
            return actions.Deliver("", name, to)
        case "withdraw":
            return actions.Withdraw("", name)
        case _:
            scope.wrong(
                node.name,
                f"Nobody can {node.verb} a name",
                "an entry by its name",
                "An entry that is there can be signed, delivered or withdrawn.",
                f'Write the kind with it: `{node.verb} the Claim "{name}"`.',
            )
            return actions.Withdraw("", name)


# -------------------------------------------------------------------- money


def _with_money(
    node: syntax.ReleaseDeed | syntax.PayDeed | syntax.DepositDeed | syntax.HoldDeed | syntax.LiftDeed, scope: Scope
) -> Action:
    match node:
        case syntax.ReleaseDeed():
            return actions.Release(node.verb, fund(node.fund, scope), node.plan.name.text)
        case syntax.HoldDeed():
            held = quantity(node.amount, scope) if node.amount is not None else None
            return actions.HoldFund(fund(node.fund, scope), held, _about(node.about))
        case syntax.LiftDeed():
            return actions.HoldFund(fund(node.fund, scope), about=_about(node.about), lifts=True)
        case syntax.DepositDeed():
            return _depositing(node, scope)
        case syntax.PayDeed():
            return _paying(node, scope)


def _about(node: syntax.AnchorName | syntax.Entry | None) -> str:
    return node.name.text if isinstance(node, syntax.AnchorName) else ""


def _depositing(node: syntax.DepositDeed, scope: Scope) -> Action:
    amount = quantity(node.amount, scope)
    if node.place == "into":
        if node.fund is not None:
            from_outside(node.fund, scope)
        return actions.Deposit(amount, fund(node.name, scope), about=_about(node.about))
    place = scope.expect(node.name, PEOPLE, "payee") or "?"
    source = fund(node.fund, scope) if node.fund is not None else _only_fund(amount, scope)
    return actions.DepositWith(amount, place, source, _about(node.about))


def somebody(node: syntax.Name | syntax.Text, scope: Scope, wanted: str) -> str:
    """Somebody the agreement names, or anybody in quotation marks, which then are part of the name."""
    return f'"{node.text}"' if isinstance(node, syntax.Text) else scope.expect(node, PEOPLE, wanted) or "?"


def _paying(node: syntax.PayDeed, scope: Scope) -> Action:
    amount = quantity(node.amount, scope)
    if isinstance(node.to, syntax.Name) and scope.names.sort(node.to.text) == "fund":
        return actions.Deposit(amount, scope.names.canonical(node.to.text), node.verb, _about(node.about))
    to = somebody(node.to, scope, "payee") if node.to is not None else ""
    source = fund(node.account.fund, scope) if node.account else ""
    part = (node.account.purpose or "") if node.account else ""
    return actions.Pay(node.verb, amount, to, source, _about(node.about), part)


def _only_fund(amount: Quantity, scope: Scope) -> str:
    """The fund that money is taken from where there is only one of its unit."""
    funds = [each.name for each in scope.names.funds.values() if each.unit == amount.unit]
    return funds[0] if len(funds) == 1 else ""


# ----------------------------------------------------------------- openness


def _filling(node: syntax.FillDeed, scope: Scope) -> Action:
    name = node.blank.text
    blank = scope.names.blanks.get(name)
    if blank is None and name not in scope.names.addresses:
        every = (*scope.names.blanks, *sorted(scope.names.addresses))
        scope.wrong(
            node.blank,
            "Unknown blank",
            "no blank has this name",
            enumerated("blank", every),
            scope.near(name, every) or "Name one of the blanks.",
        )
        return actions.Fill(name, "")
    return actions.Fill(name, known(node.content, blank.type if blank else Type("text"), scope))


def _choosing(node: syntax.ChooseDeed, scope: Scope) -> Action:
    name = scope.expect(node.ambiguity, ("ambiguity",), "ambiguity")
    made = scope.names.ambiguities.get(name or "?")
    if made is not None and node.reading.text not in made.readings:
        scope.wrong(
            node.reading,
            "Unknown reading",
            f"{made.name} has no such reading",
            enumerated("reading", made.readings),
            scope.near(node.reading.text, made.readings) or "Choose one of the readings.",
        )
    return actions.Choose(name or "?", node.reading.text)
