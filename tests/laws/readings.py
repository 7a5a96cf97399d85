"""Agreements that can be read in several ways, put together by chance, and written out in each of these ways.

In the sentences marks stand for readings, `[Doubt: Accepts]`. In the deal a mark is a question that nobody has settled;
in a variant of it it is a comparison of figures, which is so from the opening on or is not, and there is no ambiguity.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import product

from tests.laws.journeys import Choose, of

READINGS = {"Doubt": ("Accepts", "Rejects"), "Scope": ("Wide", "Narrow", "Nil")}
FILLINGS = ("USD 5.00", "USD 25.00", "USD 1,000.00")
"""What the blank may have been filled with from the opening on."""

FRAME = """Agreement "Readings".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who":
  "Buyer" means a party.
  "Seller" means a party.
  "Lender" means a party.
  "Agent" means a party.
  "Side" means a group of Seller and Lender, acting by each of them.
  "Fund" means a fund in USD, held by the Agent.
  The Buyer may deposit any amount into the Fund.

Clause 2 "What is told":
  "Go" means a claim, made by the Buyer.
  "Halt" means a claim, made by the Seller.
  "Bill" means a claim, made by the Seller, stating Amount as amount.
  "Report" means a claim, made by the Seller.
  "Fine" means an event, made by the Lender.
  "Note" means an event, made by the Lender, about a Bill.
  "Change" means an amendment, signed by the Buyer and the Seller, stating Changes as clauses.
  For each Change, when such Change has been completed, then this agreement is amended by such Change.
  "Waiver" means a waiver, made by the Seller, stating Requirement as section.
  For each Waiver, when such Waiver has been made, then the requirement of such Waiver is waived.
  Section 4 protects the Seller.
"""
_NAMED = {
    "Fee": '"Fee" means USD 10.00 where [Doubt: Accepts], otherwise USD 20.00.',
    "Big": '"Big" of a Bill means that the Amount of such Bill is at least USD 20.00 and [Doubt: Accepts].',
    "Calm": '"Calm" means that no Halt has been made or [Scope: Narrow].',
    "Stopped": '"Stopped" means that a Halt has been made.',
}
_CONDITIONS = (
    *("[Doubt: Accepts]", "[Doubt: Rejects]", "[Scope: Wide]") * 3,
    *("a Go has been made", "no Halt has been made", "Calm applies", "the balance of the Fund is at least USD 50.00")
    * 2,
    "no Go has been made for 2 calendar days",
    "the number of Bills is at least 2",
    "a Fine has been made",
    "no Note has been made",
    "3 September 2005 has passed",
    'the Agent is filled by "Hudson"',
    "section {other} is active",
    "section {other} is overdue",
    "section {other} is dormant",
    "the amount paid under section {other} is at least USD 5.00",
)
_OF_BLANKS = (
    "the Limit is at least USD 20.00",
    "the Limit is more than USD 5.00",
    "the Limit is less than USD 20.00",
    "the balance of the Fund is at least the Limit",
)
_OF_ROWS = (
    "such Bill is Big",
    "the Amount of such Bill is at least the Limit",
    "no Note about such Bill has been made",
)
_AMOUNTS = ("USD 10.00", "USD 40.00", "the Fee", "10 percent of the balance of the Fund")
_WINDOWS = (
    "",
    " within 24 hours",
    " by 3 September 2005",
    " within 2 calendar days not counting time while Stopped applies",
    " within 2 business days not counting time while Calm applies",
)
_FAILING = ("", ", failing which a Fine occurs", ", failing which USD 5.00 passes from the Fund to the Buyer")
_STATEMENTS = (
    *(
        "the Seller must pay {amount} to the Buyer{window}",
        "the Agent must pay {amount} to the Seller from the Fund{window}",
    ),
    *("the Seller must make a Report{window}", "the Side must pay {amount} to the Buyer{window}"),
    *("the Agent may pay any amount to the Buyer from the Fund", "the Agent must hold {amount} in the Fund"),
    "the Seller may pay {amount} to the Buyer",
    *("the Buyer must not withdraw a Go", "the Buyer must ensure{window} that a Report has been made"),
    *("{amount} passes from the Fund to the Seller", "a Fine occurs", "this agreement terminates"),
    *('"Hudson" becomes the Agent', "the Seller is discharged", "the Agent becomes vacant"),
)
_FOR_ROWS = (
    "the Buyer must pay the Amount of such Bill to the Seller{window}",
    "the Agent may pay {amount} to the Seller from the Fund{window}",
    "a Note occurs about such Bill",
)
_GUARDS = (
    "The total paid under section {other} must not exceed {amount} in the life of this agreement.",
    "No Bill is valid unless {condition}.",
)
_EDGES = ("suspension", "suspension", "replacement", "condition")
ACTS = (
    *("Buyer: deposit USD 100.00 into the Fund.", 'Buyer: make the Go "G".') * 3,
    'Buyer: withdraw the Go "G".',
    'Seller: make the Halt "H".',
    'Seller: withdraw the Halt "H".',
    'Seller: make the Bill "A" stating Amount as USD 30.00.',
    'Seller: make the Bill "B" stating Amount as USD 8.00.',
    'Seller: withdraw the Bill "A".',
    'Seller: make the Report "R".',
    "Agent: pay USD 10.00 to the Seller from the Fund.",
    "Agent: pay USD 20.00 to the Seller from the Fund.",
    "Agent: pay USD 5.00 to the Buyer from the Fund.",
    'Agent: pay USD 10.00 to the Seller from the Fund about "A".',
    'Buyer: pay USD 30.00 to the Seller about "A".',
    "Seller: pay USD 10.00 to the Buyer.",
    "Lender: pay USD 10.00 to the Buyer.",
    "Seller: assert breach of section 4.",
    (
        'Buyer: sign the Change "X" stating Changes as clauses'
        " \"Clause 9 'More': When a Go has been made, then a Fine occurs.\"."
    ),
    'Seller: sign the Change "X".',
    *(f"Seller: give a Waiver stating Requirement as section {each}." for each in ("4", "4, second sentence")),
)
STATUSES = (
    "active",
    "waived",
    "dormant",
    "overdue",
    "fulfilled",
    "suspended",
    "superseded",
    "discharged",
    "not active",
)
ASKED = (
    "a Fine has been made",
    "no Fine has been made",
    "the number of Fines is equal to 1",
    "a Note has been made",
    "no Note has been made",
    "this agreement has terminated",
    "the Agent is vacant",
    'the Agent is filled by "Hudson"',
    *(f"the balance of the Fund is equal to USD {held}.00" for held in (0, 60, 80, 90, 95, 100)),
    "the balance of the Fund is at least USD 50.00",
    "as of 12:00 on 2 September 2005, no Fine has been made",
    "as of 12:00 on 2 September 2005, the balance of the Fund is at least USD 90.00",
)
SECTIONS = ("4", "5", "6")

World = tuple[tuple[str, str], ...]
"""What stands for each name in a variant."""


def text_of(choose: Choose) -> str:
    """An agreement of a few sentences with marks for readings, which yield to each other or not."""
    sections = SECTIONS[: 2 + choose(2)]
    clauses = []
    for nth, section in enumerate(sections):
        above, edge = sections[nth + 1 :], ""
        if above and choose(2):
            while_so = f" while {_condition(choose, section, sections)}" if choose(2) else ""
            edge = f" subject to section {of(choose, above)} by {of(choose, _EDGES)}{while_so}"
        said = "".join(f"  {_sentence(choose, section, sections)}\n" for _ in range(1 + choose(2)))
        clauses.append(f'\nClause {section} "S{section}"{edge}:\n{said}')
    body = "".join(clauses)
    return FRAME + "".join(f"  {means}\n" for name, means in _NAMED.items() if re.search(rf"\b{name}\b", body)) + body


def _sentence(choose: Choose, own: str, sections: Sequence[str]) -> str:
    parts = {"other": _other(choose, own, sections), "amount": of(choose, _AMOUNTS), "window": of(choose, _WINDOWS)}
    way = choose(8)
    if way == 0:
        return of(choose, _GUARDS).format(**parts, condition=_condition(choose, own, sections))
    rows = way < 3
    said = of(choose, _FOR_ROWS if rows else _STATEMENTS).format(**parts)
    if " must " in said and parts["window"] and parts["window"] in said and not rows:
        said += of(choose, _FAILING)
    lead = of(choose, ("when", "while"))
    condition = _condition(choose, own, sections, _OF_ROWS if rows else ())
    asked = f"{lead} {condition}, then "
    whole = f"{'For each Bill, ' if rows else ''}{asked if choose(6) else ''}{said}."
    return whole[0].upper() + whole[1:]


def _condition(choose: Choose, own: str, sections: Sequence[str], also: tuple[str, ...] = ()) -> str:
    found = [of(choose, _OF_BLANKS if choose(12) == 0 else (*_CONDITIONS, *also * 6)) for _ in range(1 + choose(2))]
    return of(choose, (" and ", " or ")).join(dict.fromkeys(found)).format(other=_other(choose, own, sections))


def _other(choose: Choose, own: str, sections: Sequence[str]) -> str:
    return of(choose, [each for each in sections if each != own])


# ------------------------------------------------------------------------ in one way


def worlds_of(text: str) -> list[World]:
    """Every way in which a text can be written out; a blank in the ways that it may have been filled."""
    names = [name for name in READINGS if f"[{name}:" in text]
    filled = [[("Limit", each) for each in FILLINGS]] if "the Limit" in text else []
    return list(product(*([(name, each) for each in READINGS[name]] for name in names), *filled))


def written(text: str, world: World | None) -> str:
    """A text in one way, or (none) with all that it leaves open."""
    known: Mapping[str, str] = dict(world or ())
    said = ["", 'Clause 3 "What is open":']
    for name in (*READINGS, "Limit"):
        if name in known:
            said.append(_constant(name, known[name]))
        elif world is None and name in dict(worlds_of(text)[0]):
            said.append(_open(name))
    marks = r"the \1 is read as \2" if world is None else lambda mark: _compared(mark[1], mark[2])
    return re.sub(r"\[(\w+): (\w+)\]", marks, text) + ("\n".join(said) + "\n" if len(said) > 2 else "")


def _open(name: str) -> str:
    if name == "Limit":
        return '  "Limit" means an optional blank amount of USD, filled by the Buyer.'
    *most, last = READINGS[name]
    return f'  "{name}" means an ambiguity "?" with readings {", ".join(most)} and {last}, settled by the Buyer.'


def _constant(name: str, said: str) -> str:
    return f'  "Limit" means {said}.' if name == "Limit" else f'  "{name} Read" means {READINGS[name].index(said)}.'


def _compared(name: str, reading: str) -> str:
    return f"the {name} Read is equal to {READINGS[name].index(reading)}"
