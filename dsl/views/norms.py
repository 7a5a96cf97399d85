"""Who must, may and must not do what, how that stands, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from dsl import terms as t
from dsl.bearing import bearers
from dsl.compile import Agreement, survives
from dsl.doubt import asked_for
from dsl.ending import open_ending
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.norms import judge_for
from dsl.owed import owed_under
from dsl.possible import today
from dsl.reasons import Reason, Truth, all_of
from dsl.saying import say_instant
from dsl.settling import unsettled
from dsl.state import Norm, State
from dsl.statuses import may_stand, open_clock, status_today
from dsl.views.undecided import OPEN
from dsl.worlds import bare, law_of, told_apart, voices

Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True)
class NormView:
    """A duty, power or ban that has come into being, for the entry it concerns.

    `modality` is duty, power or ban. `status` is `open` where it is not the same under every reading, and then `vague`
    tells how it differs; `since` is from when on it has stood so under all of them. It is `open` too while it is open
    whether its time is over, or whether a power that comes and goes is there. Else `vague` are the words that fix
    no date, or what the date waits for where it is open how long its clock has stood still; and any other figure
    that is not the same under every reading, which then is not there itself. `owed` and `paid` are there for a duty to
    pay an amount. `due` is not there while the clock stands still, which it does since `stopped`. `asserted_by` is who
    says that the duty is breached, while it still stands.
    """

    key: str
    section: str
    modality: str
    bearers: tuple[str, ...]
    jointly: bool
    text: str
    about: str
    status: str
    since: datetime
    due: datetime | None
    vague: str
    stopped: datetime | None
    owed: Quantity | None
    paid: Quantity | None
    asserted_by: tuple[str, ...]


def norms(law: Agreement, state: State) -> tuple[NormView, ...]:
    """Every norm that has come into being, or has under some reading, in the order in which it did, and every power of
    which it is open whether it is there."""
    found = _norms(law, bare(state))
    if not state.worlds:
        return tuple(found.values())
    laws = ((law_of(law, state, world.state), world.state) for world in voices(state))
    worlds = [_norms(own, world) if own is not None else {} for own, world in laws]
    every = dict.fromkeys(key for each in (found, *worlds) for key in each)
    return tuple(_in_all(law, state, [each.get(key) for each in (found, *worlds)]) for key in every)


def _norms(law: Agreement, state: State) -> dict[tuple[str, str], NormView]:
    """The norms of one state, each by its provision and the entry that it is for."""
    over = open_ending(Judge(law, state, state.now))
    every = ((norm, _norm(law, state, norm, over)) for norm in (*state.norms.values(), *_not_yet(law, state)))
    return {(norm.provision, shown.about): shown for norm, shown in every if shown is not None}


def _not_yet(law: Agreement, state: State) -> Iterator[Norm]:
    """Powers that come and go, and have not come so far, of which it is open whether they are there now."""
    judge = Judge(law, state, state.now)
    for key in sorted(law.of_today) if unsettled(law, state) else ():
        for row, truth, _ in today(judge, law.by_key[key]):
            if truth is Truth.OPEN and state.norm(key, row) is None:
                yield Norm(key, row, "dormant", state.now, state.now)


def _in_all(law: Agreement, state: State, found: list[NormView | None]) -> NormView:
    """A norm as it is without worlds and in each of them, as one: where these differ, its status is open."""
    first = next(each for each in found if each is not None)
    _, *statuses = (each.status if each is not None else "dormant" for each in found)
    if len({*statuses}) == 1 and statuses[0] != OPEN:
        worlds = [each for each in found[1:] if each is not None]
        first = replace(first, status=statuses[0])
        return _with_figures(law, state, first, worlds) if len(worlds) == len(statuses) else first
    own = "; ".join(dict.fromkeys(each.vague for each in found[1:] if each is not None))
    vague = _told(law, state, statuses) if len({*statuses}) > 1 else own
    return replace(first, status=OPEN, due=None, vague=vague)


def _with_figures(law: Agreement, state: State, first: NormView, worlds: list[NormView]) -> NormView:
    """A norm that stands alike in all worlds, with those of its figures that are the same in all of them."""
    figures = {name: [getattr(each, name) for each in worlds] for name in ("due", "stopped", "owed", "paid")}
    vague = [each.vague for each in worlds]
    for name, found in figures.items():
        if len({*found}) > 1:
            vague.append(f"{name}, {_told(law, state, [_figure(law, each) for each in found])}")
    return replace(
        first,
        bearers=tuple(dict.fromkeys(name for each in worlds for name in each.bearers)),
        since=max(each.since for each in worlds),
        due=_agreed(figures["due"]),
        stopped=_agreed(figures["stopped"]),
        owed=_agreed(figures["owed"]),
        paid=_agreed(figures["paid"]),
        vague="; ".join(dict.fromkeys(each for each in vague if each)),
    )


def _agreed(figures: list[Figure]) -> Figure | None:
    return figures[0] if len({*figures}) == 1 else None


def _figure(law: Agreement, figure: object) -> str:
    if isinstance(figure, datetime):
        return say_instant(figure, law.terms.zone)
    return "none" if figure is None else str(figure)


def _told(law: Agreement, state: State, answers: list[str]) -> str:
    """How the worlds answer, and what would settle that."""
    told, waits = told_apart(law, state, answers)
    return f"{told}; waits for {', '.join(each.text for each in waits)}"


_ENDING = ("active", "overdue", "suspended", "dormant")
"""The statuses of a norm that ends with the agreement."""


def own_names(law: Agreement, state: State) -> tuple[str, ...]:
    """Whoever bears something under a name that the agreement does not have, in quotation marks."""
    return tuple(dict.fromkeys(name for each in norms(law, state) for name in each.bearers if name.startswith('"')))


def _norm(law: Agreement, state: State, norm: Norm, over: Reason | None) -> NormView | None:
    """A norm as it stands in one state, where it may be `over` with the agreement."""
    provision = _provision(law, norm.provision)
    if provision is None:
        return None
    statement = provision.statement
    match statement:
        case t.Duty():
            modality, jointly, vague = "duty", statement.jointly, statement.window.vague
        case t.Power():
            modality, jointly, vague = "power", False, statement.window.vague
        case t.Ban():
            modality, jointly, vague = "ban", False, ""
        case _:
            return None
    owed, paid = _money(law, state, provision, norm)
    judge = Judge(law, state, state.now)
    unsure = _open_today(law, state, provision, norm) or _open_lateness(norm)
    unsure = unsure or next((why for _, why in may_stand(judge, norm)), None)
    if over is not None and norm.status in _ENDING and not survives(law, provision.cited):
        unsure = unsure or over
    undecided = open_clock(judge, norm) or unsure
    return NormView(
        f"{norm.provision}#{norm.row or ''}",
        provision.cited,
        modality,
        _bearers(law, state, provision, norm, statement),
        jointly,
        statement.text or provision.text,
        state.entry(norm.row).name if norm.row is not None else "",
        norm.status if unsure is None else OPEN,
        norm.since,
        norm.due if not norm.halted and undecided is None else None,
        vague if undecided is None else f"open: waits for {', '.join(each.text for each in undecided.waits)}",
        norm.stopped,
        owed,
        paid,
        norm.asserted_by if norm.status in ("active", "overdue", "suspended") else (),
    )


def _open_today(law: Agreement, state: State, provision: t.Provision, norm: Norm) -> Reason | None:
    """Why it is open whether a power that comes and goes with its condition is in force now; None where it is not."""
    if provision.key not in law.of_today or norm.status not in ("active", "dormant") or not unsettled(law, state):
        return None
    row = state.entry(norm.row) if norm.row is not None else None
    judge = judge_for(law, state, provision, row)
    picked = Truth.TRUE if row is None or provision.rows is None else judge.values.selects(provision.rows, row)
    truth, reasons = asked_for(judge, provision, None)
    waits = tuple(dict.fromkeys(wait for each in reasons for wait in each.awaited()))
    return Reason(truth, provision.text, waits=waits) if all_of((picked, truth)) is Truth.OPEN else None


def _open_lateness(norm: Norm) -> Reason | None:
    """Why it is open whether the time of a norm is over; None where it is not."""
    return Reason(Truth.OPEN, "", waits=norm.doubt) if norm.status == "active" and norm.doubt else None


def statuses(law: Agreement, state: State, shown: NormView) -> set[str]:
    """The statuses that a norm may have in one world."""
    if shown.status != OPEN:
        return {shown.status}
    key = shown.key.partition("#")[0]
    if key not in law.of_today:
        return {"active", "overdue" if shown.modality == "duty" else "discharged"}
    return {status_today(Judge(law, state, state.now), key, each) for each in (Truth.TRUE, Truth.FALSE)}


def _bearers(law: Agreement, state: State, provision: t.Provision, norm: Norm, statement: t.Binding) -> tuple[str, ...]:
    row = state.entry(norm.row) if norm.row is not None else None
    return bearers(judge_for(law, state, provision, row), statement) or t.borne_by(statement)


def _provision(law: Agreement, key: str) -> t.Provision | None:
    """The provision of a norm; one that follows from a window closed unused has the key of the other and a mark."""
    if not key.endswith("!"):
        return law.by_key.get(key)
    first = law.by_key.get(key.removesuffix("!"))
    if first is None or not isinstance(first.statement, t.Duty) or first.statement.failing is None:
        return None
    return replace(first, key=key, statement=first.statement.failing, trigger=None)


def _money(law: Agreement, state: State, provision: t.Provision, norm: Norm) -> tuple[Quantity | None, Quantity | None]:
    act = getattr(provision.statement, "act", None)
    if not isinstance(provision.statement, t.Duty) or not isinstance(act, t.Move):
        return None, None
    row = state.entry(norm.row) if norm.row is not None else None
    owed = owed_under(judge_for(law, state, provision, row), provision, act, norm)
    unit = law.terms.funds[act.fund].unit if act.fund else law.terms.currency
    return (Quantity(owed, unit) if isinstance(owed, int) else None), Quantity(norm.paid, unit)
