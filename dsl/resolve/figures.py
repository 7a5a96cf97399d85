"""What funds hold, plans give, sections paid and caps leave: the figures of the ledger."""

from dsl import syntax
from dsl.resolve.declared import clauses
from dsl.resolve.fitting import MONEY
from dsl.resolve.literals import need_currency
from dsl.resolve.names import PEOPLE, Names
from dsl.resolve.references import anchor
from dsl.resolve.scope import Scope
from dsl.resolve.sections import ancestors, section, with_norm
from dsl.resolve.walk import walk
from dsl.resolve.words import joined, ordinal
from dsl.source import Span
from dsl.terms import Balance, CapFigure, DeadlineOf, PaidUnder, Payable, PerformanceOf, Reference, Type

_FEW = 4
_NO_FUND = Type("amount", ("?",))


def fund_type(name: str, scope: Scope) -> Type:
    """The type of what a fund holds."""
    made = scope.names.funds.get(name)
    return Type("amount", (made.unit,)) if made else _NO_FUND


def fund(node: syntax.Name, scope: Scope) -> str:
    """The name of a fund."""
    return scope.expect(node, ("fund",), "fund") or "?"


def balance(node: syntax.Balance, scope: Scope) -> tuple[Balance, Type]:
    """`the balance of the Escrow Fund`."""
    name = fund(node.fund, scope)
    row = anchor(node.row, scope) if node.row else None
    return Balance(scope.words(node), node.span, name, node.purpose, row), fund_type(name, scope)


def whole(name: str, span: Span, scope: Scope) -> tuple[Balance, Type]:
    """A fund itself, where an amount is wanted: all it holds."""
    return Balance(scope.words(span), span, name, "balance"), fund_type(name, scope)


def payable(node: syntax.Payable, plan: Reference, scope: Scope) -> tuple[Payable, Type]:
    """`the amount payable to the Fund Manager under such Joint Instruction`."""
    payee = scope.expect(node.payee, PEOPLE, "payee") or "?"
    states_payments(node.plan, plan, scope)
    return Payable(scope.words(node), node.span, payee, plan), MONEY


def states_payments(node: syntax.Node, plan: Reference, scope: Scope) -> None:
    """An entry that is used as a plan has exactly one field for payments."""
    for kind in scope.names.kinds_of(plan):
        made = scope.names.kinds.get(kind)
        count = sum(each.type.name == "payments" for each in made.fields) if made else 1
        if count != 1:
            scope.wrong(
                node,
                "Not a plan of payments",
                f"{kind} states {count or 'no'} plans of payments",
                "Money is paid according to an entry that states one plan of payments.",
                "Add it to the definition: `stating Payments as payments`.",
            )


def deadline_of(node: syntax.DeadlineOf, scope: Scope) -> DeadlineOf:
    """`the deadline of section 4.1(d)`."""
    number = with_norm(node.section, ("deadline",), "deadline", "A duty or power has one by `within` or `by`.", scope)
    asked = 0 if node.row is None else 1
    several = scope.names.deadlines.get(number, (0, 0))[asked]
    if several > 1 and not scope.asked:
        known = scope.names.deadlines.items()
        below = [each for each, times in known if times[asked] == 1 and _is_under(number, each)]
        scope.wrong(
            node.section,
            f"Section {number} has {several} deadlines",
            "which of them?",
            "Each duty and each power has a deadline of its own.",
            f"Write {joined([f'`the deadline of section {each}`' for each in below[:_FEW]], 'or')}."
            if below
            else "Put each of them into a sentence of its own, and name the sentence: `section 4, second sentence`.",
        )
    elif several == 1 and node.row is None and scope.names.deadlines[number][1] == 1 and not scope.asked:
        scope.wrong(
            node,
            f"The deadline of section {number} for which entry?",
            "each row of that sentence has its own",
            "Its duty or power begins for each of the entries that it ranges over, and each has a deadline.",
            f"Write `the deadline of section {number} for such ...`, or for an entry with a name.",
        )
    return DeadlineOf(scope.words(node), node.span, number, anchor(node.row, scope) if node.row else None)


def performance_of(node: syntax.PerformanceOf, scope: Scope) -> PerformanceOf:
    """`the performance of section 5`."""
    number = with_norm(node.section, ("duty",), "duty", "Only a duty can be performed.", scope)
    return PerformanceOf(scope.words(node), node.span, number, anchor(node.row, scope) if node.row else None)


def _is_under(section: str, other: str) -> bool:
    """Whether another section, or a sentence, stands under a section."""
    bare = other.partition(", ")[0]
    return other != section and section in (bare, *ancestors(bare))


def paid_under(node: syntax.PaidUnder, scope: Scope) -> tuple[PaidUnder, Type]:
    """`the amount paid under section 4.1(c)`."""
    row = anchor(node.row, scope) if node.row else None
    number = section(node.section, scope)
    units = sorted(scope.names.paid.get(number, ()))
    if len(units) > 1:
        scope.wrong(
            node,
            "Paid in several currencies",
            f"in {' and '.join(units)}",
            "An amount has one currency, and nothing here converts one into another.",
            "Name the sentence under which one of them is paid: `section 4, second sentence`.",
        )
        return PaidUnder(scope.words(node), node.span, number, row, "?"), _NO_FUND
    unit = units[0] if units else need_currency(node, scope)
    return PaidUnder(scope.words(node), node.span, number, row, unit), Type("amount", (unit,))


def paid_units(tree: syntax.Agreement, names: Names) -> dict[str, frozenset[str]]:
    """The units in which something is paid under each section, what it stands under and each sentence of several, as
    far as the words say so."""
    found: dict[str, frozenset[str]] = {}
    for clause in clauses(tree):
        number = clause.section.number
        binding = [each for each in clause.sentences if isinstance(each, syntax.Provision)]
        for order, sentence in enumerate(binding, 1):
            moving = (each for each in walk(sentence) if isinstance(each, _MOVES))
            units = frozenset(filter(None, (_unit_moved(each, names) for each in moving)))
            for above in (*ancestors(number), f"{number}, {ordinal(order)} sentence"):
                found[above] = found.get(above, frozenset()) | units
    return found


_MOVES = (syntax.Paying, syntax.Releasing, syntax.Depositing, syntax.Posting)


def _unit_moved(node: syntax.Node, names: Names) -> str:
    """The unit of the fund that an act or a posting speaks of, or else of the amount that is written out."""
    for each in walk(node):
        if isinstance(each, syntax.Name) and each.text in names.funds:
            return names.funds[each.text].unit
    match getattr(node, "amount", None):
        case syntax.MoneyLiteral(text=text):
            return text[:3]
        case syntax.QuantityLiteral(unit=unit):
            return names.unit(unit.text) or unit.text
        case _:
            return ""


def cap_figure(node: syntax.CapFigure, scope: Scope) -> tuple[CapFigure, Type]:
    """`the remainder under section 4.1(c)`, `... for such Claim` where each Claim has a cap of its own."""
    number = section(node.section, scope)
    units = [scope.names.caps[each] for each in ancestors(number) if each in scope.names.caps]
    of_each = [scope.names.row_caps[each] for each in ancestors(number) if each in scope.names.row_caps]
    row = anchor(node.row, scope) if node.row else None
    if of_each and row is None and not units:
        kind = of_each[0][0]
        scope.wrong(
            node.section,
            f"The cap of which {kind}?",
            f"each {kind} has a cap of its own here",
            f"What is paid is limited for each {kind} by itself, and not in all.",
            f"Write `the {node.figure} under section {number} for such {kind}`, or for one with a name.",
        )
    elif units and row is not None and not of_each:
        scope.wrong(
            node,
            f"Section {number} has one cap for all",
            "no entry has one of its own",
            "What is paid under this section is limited in all, and not for each entry by itself.",
            f"Write `the {node.figure} under section {number}`.",
        )
    elif not units and not of_each:
        scope.wrong(
            node.section,
            f"Section {number} has no cap",
            "nothing limits what is paid under it",
            f"The {node.figure} of a cap is asked of a section that a cap names.",
            f"Write the cap: `The total paid under section {number} must not exceed ...`.",
        )
    unit = next((unit for _, unit in of_each), "?") if row is not None else next(iter(units), "?")
    return CapFigure(scope.words(node), node.span, node.figure, number, row), Type("amount", (unit,))
