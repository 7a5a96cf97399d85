"""Scenarios played against an agreement: dated acts, and what must be seen after each.

A scenario is a promise to a reader of the contract. It continues another by playing that one's acts first. An act is
expected to be accepted unless the next line says it is refused; every expectation that is not met is told with its
place, what was expected and what was found. The place is in the text that the step was written in, which for the acts
of a continued scenario may be another file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from dsl import syntax as s
from dsl import terms as t
from dsl.actions import Attempt
from dsl.compile import Agreement, covers
from dsl.course import Course
from dsl.diagnostics import Diagnostic, did_you_mean, render
from dsl.engine import explain, in_force
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.expected import cited_in
from dsl.expected import expected as expected_of
from dsl.explain import render_malformed, render_reason, render_refusal
from dsl.fallen import divergences
from dsl.following import restless
from dsl.history import History, attempt, begin, state_at
from dsl.judge import Judge
from dsl.money import Quantity
from dsl.reasons import Truth
from dsl.resolve import (
    impossible_times,
    resolve_act,
    resolve_attempt,
    resolve_condition,
    resolve_content,
    resolve_instant,
)
from dsl.resolve.words import enumerated
from dsl.samples import sample_action
from dsl.saying import say_instant
from dsl.source import Source, Span
from dsl.state import State

Answer = Acted | Refused | Malformed | None
Act = s.OpeningStep | s.ActStep | s.TimeStep


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was not as expected, and the text that the step stands in."""

    diagnostic: Diagnostic
    source: Source


@dataclass(frozen=True, slots=True)
class Played:
    """One step as it went: the words of the step, what it led to, and the state it left.

    An `inherited` step is one of the scenario that this one continues; it stands in the text of that one.
    """

    span: Span
    source: Source
    text: str
    at: datetime
    answer: Answer
    before: State | None
    after: State
    expects: bool = False
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A scenario played to its end, and everything that was not as expected."""

    name: str
    source: Source
    played: tuple[Played, ...]
    failures: tuple[Failure, ...]
    history: History | None
    cites: tuple[str, ...] = ()


def report(run: Run) -> str:
    """Everything that was not as expected, as people read it; no words if all was."""
    return "\n\n".join(render(each.diagnostic, each.source) for each in run.failures)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a step stands: the scenario it belongs to, and the text of that scenario."""

    scenario: str
    source: Source


@dataclass(frozen=True, slots=True)
class Book:
    """All scenarios of one agreement by name, each with the text it stands in."""

    scenarios: dict[str, tuple[s.Scenario, Source]]
    beginning: Course = field(default_factory=lambda: Course(None), compare=False, repr=False)

    def inherited(
        self, scenario: s.Scenario, terms: t.Terms, seen: tuple[str, ...] = ()
    ) -> Iterator[tuple[Act, Origin]]:
        """The acts of the scenario that one continues, and of those before it, each cut where it says `until`."""
        before = scenario.continuing
        if before is None or before.scenario.text in (*seen, scenario.name.text):
            return
        base = self.scenarios.get(before.scenario.text)
        if base is None:
            return
        until = resolve_instant(before.until, terms) if before.until is not None else None
        here = Origin(before.scenario.text, base[1])
        own = ((step, here) for step in base[0].steps if not isinstance(step, s.Expectation))
        for step, origin in (*self.inherited(base[0], terms, (*seen, scenario.name.text)), *own):
            if until is None or _recorded(step, terms) < until:
                yield step, origin


def _recorded(step: Act, terms: t.Terms) -> datetime:
    """When a step is recorded: at once, where it does not say that it is later."""
    return resolve_instant((step.recorded if isinstance(step, s.ActStep) else None) or step.at, terms)


@dataclass
class _Player:
    """Plays one scenario; what is not as expected is collected. `here` is where the step at hand stands."""

    agreement: Agreement
    book: Book
    own: Origin
    here: Origin
    course: Course
    history: History | None = None
    now: datetime | None = None
    answer: Answer = None
    unanswered: Span | None = None
    played: list[Played] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def inherited(self) -> bool:
        """Whether the step at hand is one of a scenario that this one continues."""
        return self.here != self.own

    def fail(self, title: str, span: Span, found: str, explanation: str = "", hint: str = "") -> None:
        self.tell((Diagnostic(title, span, found, explanation, hint, rule="scenario"),))

    def tell(self, problems: Iterable[Diagnostic]) -> None:
        """Collect what is wrong with the step at hand; of an inherited one, say how it came to be played."""
        for each in problems:
            told = each
            if self.inherited:
                how = f'The scenario "{self.own.scenario}" inherited this step from "{self.here.scenario}".'
                told = replace(each, explanation="\n".join(filter(None, (each.explanation, how))))
            self.failures.append(Failure(told, self.here.source))

    def step(self, step: s.Step, here: Origin) -> None:
        """Play one step; how the acts of a continued scenario were answered is told there, not here."""
        self.here = here
        if isinstance(step, s.Expectation):
            self._expect(step)
            return
        self._settle_unanswered()
        match step:
            case s.OpeningStep():
                self._open(step)
            case s.ActStep():
                self._act(step)
            case s.TimeStep():
                self._pass(step)
        self.unanswered = None if self.inherited else step.span

    def finish(self) -> None:
        self._settle_unanswered()

    def _settle_unanswered(self) -> None:
        if self.unanswered is not None and isinstance(self.answer, Malformed):
            self.fail("Not understood", self.unanswered, "here", render_malformed(self.answer))
        if self.unanswered is not None and isinstance(self.answer, Refused):
            self.fail(
                "Refused, and nothing expects it",
                self.unanswered,
                f"refused under section {self.answer.section}",
                render_refusal(self.answer),
                f"Add `Expect refused because section {self.answer.section}.`, or make the act possible.",
            )
        self.unanswered = None

    def _open(self, step: s.OpeningStep) -> None:
        at = resolve_instant(step.at, self.agreement.terms)
        blanks = []
        for stated in step.blanks:
            kind = self._blank_type(stated.field.text)
            if kind is None:
                known = self.agreement.terms.blanks
                every = enumerated("blank", tuple(known))
                hint = did_you_mean(stated.field.text, known)
                self.fail("Unknown blank", stated.span, "no blank has this name", every, hint)
                continue
            content, problems = resolve_content(stated.content, kind, self.agreement.terms, self.here.source)
            self.tell(problems)
            if content is not None:
                blanks.append((stated.field.text, content))
        opened = Opened(at, (), tuple(blanks))
        course = self.book.beginning.after(step, self.here.source, lambda: begin(self.agreement, opened))
        begun = course.made
        if isinstance(begun, Malformed):
            self.answer = begun
            return
        self.course, self.history, self.now, self.answer = course, begun, at, None
        self._log(step, at, None, begun.state)

    def _blank_type(self, name: str) -> t.Type | None:
        blank = self.agreement.terms.blanks.get(name)
        if blank is not None:
            return blank.type
        known = {address.blank for address in self.agreement.terms.addresses}
        return t.Type("text") if name in known else None

    def _act(self, step: s.ActStep) -> None:
        if self.history is None:
            self.fail("The deal is not open", step.span, "before any `Open at`", hint="Begin with `Open at ...`.")
            return
        at = resolve_instant(step.at, self.agreement.terms)
        self._goes_forward(step, at)
        recorded = _recorded(step, self.agreement.terms)
        law = in_force(self.agreement, self.history.state)
        tried, problems = resolve_attempt(step.attempt, law.terms, self.here.source)
        so_far, before = self.history, self.history.state
        if tried is None:
            unknown = Malformed(tuple(f"{each.title}: {each.label}. {each.hint}" for each in problems))
            self.course = self.course.after(step, self.here.source, lambda: (_at(so_far, recorded), unknown))
        else:
            self.course = self.course.after(step, self.here.source, lambda: _tried(so_far, tried, at, recorded))
        self.history, self.answer = self.course.made
        self.now = self.history.state.now
        self._log(step, at, before, self.history.state)

    def _pass(self, step: s.TimeStep) -> None:
        if self.history is None:
            return
        at = resolve_instant(step.at, self.agreement.terms)
        self._goes_forward(step, at)
        so_far, before = self.history, self.history.state
        self.course = self.course.after(step, self.here.source, lambda: _at(so_far, at))
        self.history = passed = self.course.made
        self.now, self.answer = passed.state.now, None
        if passed.state.restless and not before.restless:
            self.fail("What follows does not come to rest", step.span, "here", restless(passed.state))
        self._log(step, at, before, passed.state)

    def _goes_forward(self, step: s.ActStep | s.TimeStep, at: datetime) -> None:
        """Tell a step that is dated before what has been played, unless it says that it is recorded later."""
        late = isinstance(step, s.ActStep) and step.recorded is not None
        if late or self.inherited or self.now is None or at >= self.now:
            return
        now = say_instant(self.now, self.agreement.terms.zone)
        way = "continue the scenario `until` that time, " if self.played[-1].inherited else ""
        hint = f"Put the steps in the order of time, {way}or say it was told later: `At ..., recorded at ..., ...`."
        self.fail("A step before the one before it", step.span, f"the deal has come to {now}", hint=hint)

    def _log(self, step: Act, at: datetime, before: State | None, after: State) -> None:
        source = self.here.source
        text = source.excerpt(step.span)
        self.played.append(Played(step.span, source, text, at, self.answer, before, after, inherited=self.inherited))

    # ------------------------------------------------------------ expectations

    def _expect(self, step: s.Expectation) -> None:
        if isinstance(step.expected, s.ExpectInvalid):
            self._expect_invalid(step.expected)
            return
        if self.history is None or self.now is None:
            self.fail("The deal is not open", step.span, "before any `Open at`", hint="Begin with `Open at ...`.")
            return
        state = self.history.state
        if step.known_at is not None:
            state = state_at(self.history, self.now, resolve_instant(step.known_at, self.agreement.terms))
        law = in_force(self.agreement, state)
        match step.expected:
            case s.ExpectRefused():
                self._expect_refused(step.expected)
            case s.ExpectTruth():
                self._expect_truth(law, state, step.expected)
            case s.ExpectMay():
                self._expect_may(law, state, step.expected, True)
            case s.ExpectMayNot():
                self._expect_may(law, state, step.expected, False)
            case s.ExpectDivergence():
                wanted = step.expected.section.number
                diverged = divergences(law, state)
                if not any(covers(wanted, each.then) for each in diverged):
                    told = "; ".join(f"section {each.then}: {each.text}" for each in diverged) or "none"
                    self.fail("Expected a divergence", step.span, f"found {told}")
            case s.ExpectSays():
                told = render_reason(explain(law, state, step.expected.section.number))
                if step.expected.text.text not in told:
                    self.fail("The explanation does not say this", step.expected.text.span, "not found", told)
        last = self.played[-1] if self.played else None
        if last is not None:
            text = self.own.source.excerpt(step.span)
            self.played.append(replace(last, span=step.span, source=self.own.source, text=text, expects=True))

    def _expect_invalid(self, expected: s.ExpectInvalid) -> None:
        self.unanswered = None
        if not isinstance(self.answer, Malformed):
            found, told, hint = "no act before this", "", ""
            if isinstance(self.answer, Acted):
                found = f"accepted under section {self.answer.section}"
            elif isinstance(self.answer, Refused):
                found, told = (
                    f"understood, and refused under section {self.answer.section}",
                    render_refusal(self.answer),
                )
                hint = f"Write `Expect refused because section {self.answer.section}.`"
            self.fail("Expected an attempt that is not understood", expected.span, found, told, hint)
        elif expected.saying is not None and expected.saying.text not in render_malformed(self.answer):
            self.fail("The answer does not say this", expected.saying.span, "not found", render_malformed(self.answer))

    def _expect_refused(self, expected: s.ExpectRefused) -> None:
        self.unanswered = None
        if not isinstance(self.answer, Refused):
            found = "accepted" if isinstance(self.answer, Acted) else "no act before this"
            told = render_malformed(self.answer) if isinstance(self.answer, Malformed) else ""
            self.fail("Expected a refusal", expected.span, "not understood" if told else found, told)
            return
        cited = {self.answer.section, *(section for reason in self.answer.reasons for section in cited_in(reason))}
        told = render_refusal(self.answer)
        for section in expected.sections.sections if expected.sections is not None else ():
            if not any(covers(section.number, each) for each in cited if each):
                self.fail("Refused, but not because of this section", section.span, "not cited", told)
        if expected.saying is not None and expected.saying.text not in told:
            self.fail("The refusal does not say this", expected.saying.span, "not found", told)

    def _expect_truth(self, law: Agreement, state: State, expected: s.ExpectTruth) -> None:
        condition, problems = resolve_condition(expected.condition, law.terms, self.own.source)
        if condition is None:
            self.tell(problems)
            return
        reason = Judge(law, state, state.now).judge(condition)
        wanted = Truth(expected.truth or "true")
        if reason.truth is not wanted:
            title = f"Expected {wanted.value}, found {reason.truth.value}"
            self.fail(title, expected.span, reason.truth.value, render_reason(reason))

    def _expect_may(self, law: Agreement, state: State, expected: s.ExpectMay | s.ExpectMayNot, may: bool) -> None:
        act, problems = resolve_act(expected.act, law.terms, self.own.source)
        if act is None:
            self.tell(problems)
            return
        action = sample_action(law, state, act)
        actor = f'"{expected.actor.text}"' if isinstance(expected.actor, s.Text) else expected.actor.text
        amount = getattr(action, "amount", None)
        nothing = isinstance(amount, Quantity) and amount.amount <= 0
        found = expected_of(law, state, Attempt(actor, action))
        granted = found.granted if not nothing else ()
        told = f"{amount} is not more than nothing." if may and nothing else found.told
        wanted = expected.section.number if expected.section is not None else None
        if may:
            if not any(wanted is None or covers(wanted, each) for each in granted):
                self.fail("Expected to be allowed", expected.span, "not allowed", told)
        elif granted:
            self.fail("Expected not to be allowed", expected.span, f"allowed under section {granted[0]}")
        elif expected.section is not None and not any(covers(wanted or "", each) for each in found.cited if each):
            self.fail("Not allowed, but not because of this section", expected.section.span, "not cited", told)


def _at(history: History, at: datetime) -> History:
    """A deal as it has come to an instant, if that is ahead."""
    return replace(history, state=state_at(history, max(at, history.state.now)))


def _tried(history: History, tried: Attempt, at: datetime, recorded: datetime) -> tuple[History, Answer]:
    """A deal as it is when an attempt is recorded, and the answer; one that is not understood leaves none, but time."""
    after, answer = attempt(history, tried, at, recorded)
    return _at(after, max(at, recorded)), answer


def play(agreement: Agreement, scenario: s.Scenario, source: Source, book: Book) -> Run:
    """Play one scenario from its beginning, or from that of the one it continues."""
    before = scenario.continuing
    own = Origin(scenario.name.text, source)
    player = _Player(agreement, book, own, own, book.beginning)
    player.tell(impossible_times(scenario, agreement.terms, source))
    if before is not None and before.scenario.text not in book.scenarios:
        player.fail("Unknown scenario", before.scenario.span, did_you_mean(before.scenario.text, book.scenarios))
    for inherited, origin in book.inherited(scenario, agreement.terms):
        player.step(inherited, origin)
    for step in scenario.steps:
        player.step(step, own)
    player.finish()
    failures = sorted(player.failures, key=lambda each: (each.source != source, each.source.name, each.diagnostic.span))
    cites = tuple(section.number for section in scenario.citing.sections) if scenario.citing else ()
    return Run(scenario.name.text, source, tuple(player.played), tuple(failures), player.history, cites)
