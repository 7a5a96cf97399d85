"""A deal as a picture: where its money came from, what is held, where it went, and what has still to be done.

The picture is SVG with a title and a description for who does not see it; each amount and name is also text in it. It
has no script, no style sheet from elsewhere and no colour alone that means anything.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree import ElementTree as Xml

from dsl import views
from dsl.compile import Agreement
from dsl.money import Quantity
from dsl.saying import say_instant
from dsl.state import State

WIDTH: Final = 960
BOX: Final = 220
STEP: Final = 84
TOP: Final = 96
LONGEST: Final = 30
COLUMNS: Final = (20, 370, 720)
NAMESPACE: Final = "http://www.w3.org/2000/svg"
OPEN: Final = ("active", "overdue", "suspended", "open")
"""The statuses of a duty that somebody has still to perform."""
MOST_DUTIES: Final = 12

Flow = tuple[str, str, Quantity]


def picture(law: Agreement, state: State) -> str:
    """The state of a deal as SVG."""
    flows, funds = _flows(state), views.funds(law, state)
    sides = (
        tuple(dict.fromkeys(source for source, _, _ in flows if source not in law.terms.funds)),
        tuple(dict.fromkeys(target for _, target, _ in flows if target not in law.terms.funds)),
    )
    rows = max(len(sides[0]), len(funds), len(sides[1]), 1)
    duties = [each for each in views.norms(law, state) if each.modality == "duty" and each.status in OPEN]
    below = TOP + rows * STEP + 36
    height = below + 24 * (min(len(duties), MOST_DUTIES) + 1) + 24
    svg = _element(
        "svg", xmlns=NAMESPACE, viewBox=f"0 0 {WIDTH} {height}", role="img", **{"aria-labelledby": "title said"}
    )
    _text_element(svg, "title", law.terms.title, id="title")
    _text_element(svg, "desc", _said(law, state, flows, funds), id="said")
    _add(svg, "rect", x=0, y=0, width=WIDTH, height=height, fill="#ffffff")
    _line(svg, 20, 32, law.terms.title, size=20, bold=True)
    _line(svg, 20, 56, _standing(law, state), size=14)
    for x, heading in zip(COLUMNS, ("Paid in by", "Held", "Paid out to"), strict=True):
        _line(svg, x, TOP - 12, heading, size=12, bold=True)
    places = {name: (COLUMNS[0], TOP + number * STEP) for number, name in enumerate(sides[0])}
    held = {fund.name: (COLUMNS[1], TOP + number * STEP) for number, fund in enumerate(funds)}
    out = {name: (COLUMNS[2], TOP + number * STEP) for number, name in enumerate(sides[1])}
    _arrows(svg, flows, {**places, **held}, {**out, **held})
    for name, place in (*places.items(), *out.items()):
        _box(svg, place, (name,))
    for fund in funds:
        _box(svg, held[fund.name], (fund.name, f"{fund.balance or 'open'} held", *_beside(fund)), strong=True)
    _duties(svg, below, duties, law)
    return Xml.tostring(svg, encoding="unicode")


def _flows(state: State) -> tuple[Flow, ...]:
    """What went from whom to whom in total; the parts of a fund are one."""
    totals: dict[tuple[str, str, str], int] = {}
    for each in state.postings:
        source, target = each.source.partition("/")[0], each.target.partition("/")[0]
        if source != target:
            key = (source, target, each.amount.unit)
            totals[key] = totals.get(key, 0) + each.amount.amount
    return tuple((source, target, Quantity(total, unit)) for (source, target, unit), total in totals.items())


def _said(law: Agreement, state: State, flows: Iterable[Flow], funds: Iterable[views.FundView]) -> str:
    """The picture in words."""
    told = [_standing(law, state)]
    told += [f"{fund.name} holds {fund.balance or 'what is open'}." for fund in funds]
    told += [f"{amount} went from {source} to {target}." for source, target, amount in flows]
    return " ".join(told)


def _standing(law: Agreement, state: State) -> str:
    now = say_instant(state.now, law.terms.zone)
    at, section = views.ended(state)
    if at is None:
        return f"As of {now}."
    return f"As of {now}: ended at {say_instant(at, law.terms.zone)} under section {section}."


def _beside(fund: views.FundView) -> tuple[str, ...]:
    parts = (("excess", fund.excess), ("interest", fund.interest))
    told = ", ".join(f"{amount} {name}" for name, amount in parts if amount is not None and amount.amount)
    return (told,) if told else ()


def _arrows(
    svg: Xml.Element, flows: Iterable[Flow], sources: dict[str, tuple[int, int]], targets: dict[str, tuple[int, int]]
) -> None:
    """A line for each flow with its amount on it; of several that leave one box the next one is lower."""
    for number, (source, target, amount) in enumerate(flows):
        (x1, y1), (x2, y2) = sources[source], targets[target]
        shift = 14 + 8 * (number % 5)
        left, right = x1 + BOX, x2
        if left > right:
            continue
        group = _add(svg, "g", stroke="#333333", fill="none")
        _add(group, "path", d=f"M {left} {y1 + shift} L {right - 8} {y2 + shift}")
        _add(group, "path", d=f"M {right - 8} {y2 + shift - 4} L {right} {y2 + shift} L {right - 8} {y2 + shift + 4} Z")
        middle = (y1 + y2) // 2 + shift - 5
        _line(svg, (left + right) // 2, middle, str(amount), size=12, middle=True)


def _box(svg: Xml.Element, place: tuple[int, int], lines: Sequence[str], strong: bool = False) -> None:
    x, y = place
    width = 2 if strong else 1
    _add(svg, "rect", x=x, y=y, width=BOX, height=64, rx=6, fill="#f4f4f4", stroke="#333333", **{"stroke-width": width})
    for number, text in enumerate(lines):
        _line(svg, x + 10, y + 20 + 18 * number, text, size=13, bold=number == 0)


def _duties(svg: Xml.Element, top: int, duties: Sequence[views.NormView], law: Agreement) -> None:
    _line(svg, 20, top, f"Still to be done: {len(duties) or 'nothing'}", size=14, bold=True)
    for number, each in enumerate(duties[:MOST_DUTIES], 1):
        due = f", due {say_instant(each.due, law.terms.zone)}" if each.due is not None else ""
        told = f"{each.section} {', '.join(each.bearers)}: {each.status}{due}"
        _line(svg, 20, top + 24 * number, told, size=13)


def _line(parent: Xml.Element, x: int, y: int, text: str, size: int, bold: bool = False, middle: bool = False) -> None:
    shown = text if size != 13 or len(text) <= 3 * LONGEST else f"{text[: 3 * LONGEST - 3]}..."
    attributes: dict[str, object] = {"x": x, "y": y, "font-size": size, "font-family": "sans-serif", "fill": "#111111"}
    if bold:
        attributes["font-weight"] = "bold"
    if middle:
        attributes["text-anchor"] = "middle"
    _text_element(parent, "text", shown, **attributes)


def _element(name: str, **attributes: object) -> Xml.Element:
    return Xml.Element(name, {key: str(value) for key, value in attributes.items()})


def _add(parent: Xml.Element, name: str, **attributes: object) -> Xml.Element:
    made = _element(name, **attributes)
    parent.append(made)
    return made


def _text_element(parent: Xml.Element, name: str, text: str, **attributes: object) -> None:
    _add(parent, name, **attributes).text = "".join(each if each.isprintable() else " " for each in text)
