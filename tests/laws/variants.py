"""A deal that can be read in several ways, beside its variants, each of which can be read in one way alone.

What the deal says for certain is so in all of its variants; and what they all say it says, where it can know.

The deal and its variants are told the same acts, but for those that not all of them accept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import product
from random import Random  # noqa: TID251 -- each deal is a function of its seed

from dsl import syntax, views
from dsl.compile import Agreement, compile_terms
from dsl.engine import in_force
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.history import History, begin
from dsl.judge import Judge
from dsl.load import load
from dsl.parse import parse_question
from dsl.resolve import resolve_condition
from dsl.source import Source
from dsl.views.undecided import OPEN
from tests.dsl.deals import Deal, at, told
from tests.laws.journeys import Choose, of
from tests.laws.readings import ACTS, ASKED, FRAME, SECTIONS, STATUSES, World, text_of, worlds_of, written

OPENING = "09:00 on 1 September 2005"
_DOUBTED = ("the Limit", " subject to ", "agreement terminates")
_OF_NORMS = ("due", "stopped", "owed", "paid", "asserted_by")
_OF_FUNDS = ("balance", "deposited", "paid_out")
_OF_CAPS = ("limit", "used", "remainder")
Answer = Acted | Refused | Malformed
_WAITS = (0, 0, 30, 60, 12 * 60, 24 * 60, 3 * 24 * 60)


@lru_cache(maxsize=64)
def agreement_of(text: str) -> Agreement | None:
    """The agreement of a text; none where it makes no sense, as of parts put together by chance."""
    terms = load(text).agreement
    made = compile_terms(terms) if terms is not None else None
    return made if isinstance(made, Agreement) else None


@dataclass
class Beside:
    """A deal and its variants."""

    text: str
    deal: Deal
    variants: dict[World, Deal]
    complete: bool = True
    """Whether the deal knows whatever its variants agree in: not where there is a blank, which can hold anything, where
    one section yields to another or all may end, or where a reading was chosen after something rested on it."""

    chosen: bool = False
    told: list[str] = field(default_factory=list)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have a duty, power or ban, and can be asked how they stand."""
        return tuple(each for each in SECTIONS if f"Clause {each} " in self.text)

    def __str__(self) -> str:
        return f"{self.text[len(FRAME) :]}\n" + "\n".join(self.told)


def beside(text: str) -> Beside | None:
    """A deal beside its variants, just opened; none where a text makes no sense, or where a blank decides whether a
    section yields and something else as well."""
    worlds = worlds_of(text)
    deals = [_opened(written(text, world)) for world in (None, *worlds)]
    found = [each for each in deals if each is not None]
    if len(found) < len(deals) or len(worlds) < 2:
        return None
    return Beside(
        text,
        found[0],
        dict(zip(worlds, found[1:], strict=True)),
        complete=not any(each in text for each in _DOUBTED),
    )


def _opened(text: str) -> Deal | None:
    agreement = agreement_of(text)
    if agreement is None:
        return None
    start = at(agreement, OPENING)
    begun = begin(agreement, Opened(start))
    return Deal(agreement, begun, start) if isinstance(begun, History) else None


# --------------------------------------------------------------------- as time goes on


def lived(seed: int, steps: int) -> Beside:
    """What becomes of a deal that a seed makes, and of its variants, in so many steps."""
    choose = Random(seed).randrange
    both = next(found for found in iter(lambda: beside(text_of(choose)), ()) if found is not None)
    both.told.append(f"Seed {seed}:")
    goes_on(both, choose, steps)
    return both


def goes_on(both: Beside, choose: Choose, steps: int) -> None:
    """So many acts at times of their own, told to the deal and its variants, which are compared after each."""
    compare(both, choose)
    for _ in range(steps):
        moment = both.deal.now + timedelta(minutes=of(choose, _WAITS))
        for each in (both.deal, *both.variants.values()):
            each.until(moment)
        match choose(12):
            case 0:
                both.told.append(f"  {moment:%d %H:%M} time passes")
            case 1 | 2 if not both.chosen:
                _choose(both, choose, moment)
            case _:
                words = of(choose, [each for each in ACTS if _has(both, each)])
                _act(both, words, moment, late=timedelta(hours=of(choose, (0,) * 7 + (24,))))
        compare(both, choose)


def _has(both: Beside, words: str) -> bool:
    """Whether the sentence that an act names, if it names one, is in the deal."""
    named = re.search(r"\d, \w+ sentence", words)
    return named is None or any(each.cited == named[0] for each in both.deal.agreement.provisions)


def _act(both: Beside, words: str, moment: datetime, late: timedelta) -> None:
    """An act, told to all, where it is accepted; one that not all accept is an act in none. A variant that asks under
    which section it is told the one under which it has been accepted."""
    happened = max(both.deal.history.opened.at, moment - late)
    before = [(each, each.history) for each in (both.deal, *both.variants.values())]
    answer = both.deal.attempts(happened, words, moment)
    answers = [_answer(each, happened, words, moment, answer) for each in both.variants.values()]
    sections = {each.section if isinstance(each, Acted) else "" for each in answers}
    both.told.append(f"  {happened:%d %H:%M} {words} recorded {moment:%d %H:%M}: {_said(answer)}; {sections}")
    if isinstance(answer, Acted):
        assert "" not in sections, f"accepted, and not by all\n{both}"
        assert len(sections) == 1 or " pay " not in words, f"accepted under one section, and not by all\n{both}"
        for each, _ in before:
            each.until(moment)
    else:
        assert not both.complete or len(sections) > 1 or "" in sections, f"all accept it\n{both}"
        for each, history in before:
            each.history = history


def _answer(deal: Deal, happened: datetime, words: str, moment: datetime, found: Answer) -> Answer:
    """What a variant answers to an act to which the deal has `found` an answer."""
    answer = deal.attempts(happened, words, moment)
    if isinstance(answer, Malformed) and isinstance(found, Acted) and "under which section" in told(answer):
        section = found.section.partition(",")[0]
        return deal.attempts(happened, f"{words[:-1]} under section {section}.", moment)
    return answer


def _said(answer: Answer) -> str:
    return f"accepted under {answer.section}" if isinstance(answer, Acted) else told(answer)


def _choose(both: Beside, choose: Choose, moment: datetime) -> None:
    """The reading of one ambiguity is chosen, as of now or as of the opening, or the blank filled as of the opening,
    where nothing may have ended by then: the variants with others are gone. What it brings about comes after all that
    the opening did, so it is not told where a role may be filled and become vacant in that one instant."""
    world = of(choose, tuple(both.variants))
    name, reading = of(choose, world)
    roles = all(each in both.text for each in ("becomes vacant", "becomes the Agent"))
    if name == "Limit" and (roles or "agreement terminates" in both.text):
        return
    back = name == "Limit" or choose(2) == 1
    happened = both.deal.history.opened.at if back else moment
    words = f"fill the Limit with {reading}" if name == "Limit" else f"choose {reading} for the {name}"
    answer = both.deal.attempts(happened, f"Buyer: {words}.", moment)
    both.told.append(f"  {happened:%d %H:%M} Buyer: {words}, recorded {moment:%d %H:%M}: {_said(answer)}")
    if isinstance(answer, Acted):
        both.variants = {world: each for world, each in both.variants.items() if (name, reading) in world}
        both.complete, both.chosen = False, True


# ------------------------------------------------------------------------ compared


def compare(both: Beside, choose: Choose) -> None:
    """What the deal says for certain all of its variants say; and what they all say it says, where it can know."""
    for question in (of(choose, ASKED) for _ in range(8)):
        _compare(both, question)
    for section, status in product(both.sections, STATUSES):
        if status == "suspended" and "becomes vacant" in both.text:
            continue
        _compare(both, f"section {section} is {status}")
    shown, *others = (_shown(each) for each in (both.deal, *both.variants.values()))
    for key, found in shown.items():
        _same(both, f"{key}", found, [each.get(key, "dormant" if key[0] == "norm" else None) for each in others])


def _compare(both: Beside, question: str) -> None:
    answer, *answers = (_asks(each, question) for each in (both.deal, *both.variants.values()))
    found, where = {*answers}, f"{question}: {answer}; {answers}\n{both}"
    if answer in ("true", "false"):
        assert found == {answer}, where
    elif answer == "pending":
        assert found <= {"pending", "false"}, where
    else:
        assert answer == "unread" or not both.complete or len(found) > 1, where


def _asks(deal: Deal, question: str) -> str:
    """The truth of a question; `unread` where the agreement has nothing of the kind."""
    law = in_force(deal.agreement, deal.state)
    condition, _ = resolve_condition(_parsed(question).condition, law.terms, Source("question", question))
    return Judge(law, deal.state, deal.now).judge(condition).truth.value if condition is not None else "unread"


@cache
def _parsed(question: str) -> syntax.Question:
    parsed = parse_question(Source("question", f"{question}.")).syntax
    assert parsed is not None, question
    return parsed


def _same(both: Beside, what: str, shown: object, found: Sequence[object]) -> None:
    """What is shown as certain is shown so in every variant."""
    where, alike = f"{what}: {shown}; {found}\n{both}", all(each == found[0] for each in found)
    if shown in (OPEN, None):
        assert not both.complete or not alike or found[0] == shown, where
    else:
        assert found == [shown] * len(found), where


def _shown(deal: Deal) -> dict[tuple[object, ...], object]:
    """What the views show, by what it is of; a norm by the place of its sentence, which is the same however written."""
    law, state = in_force(deal.agreement, deal.state), deal.state
    place = {provision.key: nth for nth, provision in enumerate(law.provisions)}
    shown: dict[tuple[object, ...], object] = {}
    for norm in views.norms(law, state):
        key = norm.key.partition("#")[0]
        own = ("norm", place.get(key, key), norm.about)
        shown[own] = norm.status
        if norm.status not in (OPEN, "dormant"):
            shown |= {(*own, name): getattr(norm, name) for name in _OF_NORMS}
    shown |= {("fund", name): getattr(fund, name) for fund in views.funds(law, state) for name in _OF_FUNDS}
    shown |= {("paid", each.payee): each.total for each in views.paid(law, state) if str(each.total) != "USD 0.00"}
    shown |= {
        ("cap", nth, name): getattr(each, name) for nth, each in enumerate(views.caps(law, state)) for name in _OF_CAPS
    }
    shown |= {("clause", each.section): each.status for each in views.clauses(law, state) if _is_settled(each)}
    shown |= {("filler", role): filler for role, filler in views.fillers(law, state).items()}
    shown |= {("discharged", each): True for each in views.discharged(state)}
    shown["end",] = end if (end := views.ended(state))[0] is not None else None
    return shown


def _is_settled(clause: views.ClauseView) -> bool:
    """Whether no power comes and goes in a section, nor is it the one that every text is written with on its own."""
    return clause.section != "3"
