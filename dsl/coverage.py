"""What the source has and the file lacks, and what the scenarios have shown of each clause.

`sections` compares the clauses of an agreement with the list of sections of its source. `exercise` looks at everything
that happened while scenarios were played: a clause is shown both ways when something was allowed or came about under
it, and when it refused or was not met; a list item, when it was seen met and not met, be it in a condition that a
sentence waits for, that a filter picks entries by, or that a scenario asks about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from dsl import actions as a
from dsl.compile import Agreement, covers
from dsl.engine import in_force
from dsl.entries import counts
from dsl.events import Acted, Malformed, Refused
from dsl.judge import Judge
from dsl.ledger import caps_over
from dsl.norms import judge_for, rows_of
from dsl.reasons import Reason, Truth
from dsl.resolve.known import item_paths
from dsl.resolve.walk import walk
from dsl.scenarios import Run
from dsl.state import State
from dsl.terms import Ensure, Item, NamedCondition, Provision


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: what kind of clause the file makes of it, or that it has none."""

    section: str
    title: str
    category: str
    in_source: bool


def sections(agreement: Agreement, source: Iterable[str]) -> tuple[SectionRow, ...]:
    """Every section of the source in its order, then the clauses that the source does not list."""
    clauses = agreement.terms.clauses
    listed = tuple(source)
    rows = [
        SectionRow(
            section, clauses[section].title if section in clauses else "",
            clauses[section].category if section in clauses else "missing", True,
        )
        for section in listed
    ]  # fmt: skip
    extra = [name for name in clauses if name not in listed]
    return (*rows, *(SectionRow(name, clauses[name].title, clauses[name].category, False) for name in extra))


@dataclass(frozen=True, slots=True)
class Exercised:
    """Whether a clause or item was seen to hold (`met`) and not to hold (`unmet`) in some scenario."""

    section: str
    met: bool
    unmet: bool

    @property
    def both(self) -> bool:
        """Seen both ways."""
        return self.met and self.unmet


@dataclass(frozen=True, slots=True)
class Exercise:
    """What scenarios have shown: each operative clause, and each labelled item."""

    clauses: tuple[Exercised, ...]
    items: tuple[Exercised, ...]


@dataclass(slots=True)
class _Shown:
    """What was seen so far: the sections whose own sentences held or did not, and the labelled items that did."""

    paths: frozenset[str]
    met: set[str] = field(default_factory=set)
    unmet: set[str] = field(default_factory=set)
    items_met: set[str] = field(default_factory=set)
    items_unmet: set[str] = field(default_factory=set)

    @property
    def both(self) -> set[str]:
        """The items that have been seen met and not met."""
        return self.items_met & self.items_unmet


def exercise(agreement: Agreement, runs: Iterable[Run]) -> Exercise:
    """Look through everything that was played."""
    shown = _Shown(frozenset(item_paths(agreement.terms)))
    for run in runs:
        for played in run.played:
            if not (played.expects or played.inherited):
                law = in_force(agreement, played.after)
                _look(law, played.after, shown)
                _defined(law, played.after, shown)
                _acted(agreement, played.after, played.answer, shown)
                _entered(agreement, played.after, shown)
    names = tuple(agreement.terms.clauses)
    met, unmet = ({_innermost(names, each) for each in seen} for seen in (shown.met, shown.unmet))
    operative = [name for name, clause in agreement.terms.clauses.items() if clause.category == "operative"]
    testable = [name for name in operative if _can_bind(agreement, name)]
    clauses = tuple(Exercised(name, name in met, name in unmet) for name in testable)
    items = tuple(Exercised(path, path in shown.items_met, path in shown.items_unmet) for path in sorted(shown.paths))
    return Exercise(clauses, items)


def _innermost(names: tuple[str, ...], section: str) -> str:
    """The clause that a section is, or that it stands in: what is seen of a clause says nothing of one around it."""
    return max((name for name in names if covers(name, section)), key=len, default=section)


def _can_bind(agreement: Agreement, section: str) -> bool:
    """Whether a clause says anything that can hold and not hold: mere figures and names do not."""
    terms = agreement.terms
    guards = (*terms.validities, *terms.outflows, *terms.caps, *((terms.notice_rule,) if terms.notice_rule else ()))
    said = {each.section for each in (*terms.provisions, *guards)}
    return section in said or any(
        kind.section == section and (kind.makers or kind.signers or kind.every) for kind in terms.kinds.values()
    )


def _look(law: Agreement, state: State, shown: _Shown) -> None:
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        caps = {cap.section for cap in caps_over(law, state, provision.section)}
        seen = provision.section in shown.met & shown.unmet and caps <= shown.unmet
        if seen and _asked(provision) & shown.paths <= shown.both:
            continue
        rows = rows_of(law, state, provision, judge)
        if not rows:
            shown.unmet.add(provision.section)
        for row in rows:
            norm = state.norms.get(f"{provision.key}#{'' if row is None else row.number}")
            if norm is not None and norm.status == "excused":
                shown.unmet.update(caps)
            if norm is not None:
                held = norm.status in ("active", "overdue", "fulfilled", "fulfilled late")
                (shown.met if held else shown.unmet).add(provision.section)
            if provision.trigger is not None:
                reason = judge_for(law, state, provision, row).judge(provision.trigger)
                (shown.met if reason.truth is Truth.TRUE else shown.unmet).add(provision.section)
                _walk(reason, shown.paths, shown)
            act = getattr(provision.statement, "act", None)
            if isinstance(act, Ensure) and norm is not None:
                _walk(judge_for(law, state, provision, row).judge(act.condition), shown.paths, shown)


@lru_cache(maxsize=4096)
def _asked(provision: Provision) -> frozenset[str]:
    """The items of the conditions that stand in a provision."""
    asked = (provision.trigger, getattr(getattr(provision.statement, "act", None), "condition", None))
    return frozenset(each.path for each in walk(asked) if isinstance(each, Item) and each.path)


def _defined(law: Agreement, state: State, shown: _Shown) -> None:
    """The items of every named condition, of each entry that it is said of: whoever asks, it is so or not."""
    for named in law.terms.conditions.values():
        paths = _paths(named) & shown.paths
        if paths <= shown.both:
            continue
        subjects = law.kinds_of(named.subject) if named.subject else ()
        rows = (each for each in state.entries if each.kind in subjects and counts(law, state, each, state.now))
        judge = Judge(law, state, state.now)
        for judged in (judge.with_row(each) for each in rows) if named.subject else (judge,):
            _walk(judged.judge(named.condition), paths, shown)


@lru_cache(maxsize=1024)
def _paths(named: NamedCondition) -> frozenset[str]:
    return frozenset(each.path for each in walk(named.condition) if isinstance(each, Item) and each.path)


def _walk(reason: Reason, paths: frozenset[str], shown: _Shown) -> None:
    """Note which of these items are so and which are not. A condition that a sentence names is its section's, but says
    nothing of whether that section's own sentences hold; what is so under one reading alone is not seen to be so."""
    if reason.section in paths:
        (shown.items_met if reason.truth is Truth.TRUE else shown.items_unmet).add(reason.section)
    if not any(wait.what == "reading" for wait in reason.waits):
        for child in reason.children:
            _walk(child, paths, shown)


def _cited(reason: Reason, shown: _Shown) -> None:
    """A refusal shows that what it rests on is not so."""
    if reason.section and reason.truth is not Truth.TRUE:
        shown.unmet.add(reason.section)
        shown.items_unmet.update({reason.section} & shown.paths)
    for child in reason.children:
        _cited(child, shown)


def _acted(agreement: Agreement, state: State, answer: Acted | Refused | Malformed | None, shown: _Shown) -> None:
    match answer:
        case Acted():
            provision = agreement.by_key.get(answer.provision)
            shown.met.add(provision.section if provision is not None else answer.section)
            action = answer.attempt.action
            leaving = isinstance(action, a.Release | a.DepositWith) or (isinstance(action, a.Pay) and bool(action.fund))
            shown.met.update(guard.section for guard in agreement.terms.outflows if leaving)
            over = caps_over(agreement, state, provision.section) if provision is not None else ()
            shown.met.update(cap.section for cap in over)
            shown.unmet.update(cap.section for cap in over if answer.note)
        case Refused():
            shown.unmet.add(answer.section)
            for reason in answer.reasons:
                _cited(reason, shown)
        case Malformed() | None:
            return


def _entered(agreement: Agreement, state: State, shown: _Shown) -> None:
    rule, made = agreement.terms.notice_rule, {entry.kind for entry in state.entries}
    shown.unmet.update(
        kind.section for kind in agreement.terms.kinds.values() if kind.every is not None and kind.name not in made
    )  # nothing of what recurs has come yet
    for entry in state.entries:
        kind = agreement.terms.kinds.get(entry.kind)
        if kind is None:
            continue
        shown.met.add(kind.section)
        for guard in agreement.validities.get(kind.name, ()):
            shown.met.add(guard.section)
            judge = Judge(agreement, state.asking(entry), state.now).with_row(entry)
            _walk(judge.judge(guard.condition), shown.paths, shown)
        if rule is not None and kind.preset == "notice":
            shown.met.add(rule.section)
