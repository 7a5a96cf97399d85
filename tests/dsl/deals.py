"""A deal to be tried out in the words of the language: acts, questions and figures as a reader would say them.

A test writes its agreement as a few clauses; the heading, the parties and the fund that most of them need stand here.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dsl import syntax
from dsl.actions import Attempt
from dsl.compile import Agreement, compile_terms
from dsl.diagnostics import Diagnostic, render_all
from dsl.engine import in_force
from dsl.events import Acted, Malformed, Opened, Refused
from dsl.explain import render_derivation, render_malformed, render_refusal
from dsl.figures import figures_for, value_now
from dsl.history import History, attempt, begin, state_at
from dsl.judge import Judge
from dsl.load import load
from dsl.money import parse_money
from dsl.parse import parse_attempt, parse_question, parse_scenarios
from dsl.questions import read_question
from dsl.reasons import Reason
from dsl.resolve import resolve_attempt, resolve_condition, resolve_instant
from dsl.source import Source
from dsl.state import State
from dsl.terms import Compare, Terms

HEAD = """
Agreement "Test".
  The time zone is "America/New_York".
  The business days are those of "US".
  The currency is USD.

Clause 1 "Who":
  "Buyer" means a party.
  "Seller" means a party.
  "Agent" means a party.
  "Fund" means a fund in USD, held by the Agent.
  The Buyer may deposit any amount into the Fund.
"""
START = "09:00 on 1 September 2005"
"""A Thursday; Monday 5 September 2005 is Labor Day."""


@lru_cache(maxsize=256)
def agreement_of(text: str) -> Agreement:
    """The agreement of a text that has no mistakes."""
    loaded = load(text)
    assert loaded.agreement is not None, render_all(loaded.diagnostics, loaded.source)
    made: Agreement | Terms = loaded.agreement
    compiled = compile_terms(made) if isinstance(made, Terms) else made
    assert not isinstance(compiled, Diagnostic), compiled
    return compiled


def at(agreement: Agreement, words: str) -> datetime:
    """`11:20 on 6 September 2005`, in the zone of the agreement."""
    parsed = parse_scenarios(Source("time", f'Scenario "T": At {words}, nothing happens.')).syntax
    assert parsed is not None, words
    step = parsed.scenarios[0].steps[0]
    assert isinstance(step, syntax.TimeStep)
    return resolve_instant(step.at, agreement.terms)


def attempt_of(agreement: Agreement, words: str) -> Attempt:
    """`Buyer: deposit USD 5.00 into the Fund.`"""
    source = Source("attempt", words)
    parsed = parse_attempt(source)
    assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
    tried, problems = resolve_attempt(parsed.syntax, agreement.terms, source)
    assert tried is not None, render_all(problems, source)
    return tried


@dataclass
class Deal:
    """A deal that goes on: each act is told when and in which words."""

    agreement: Agreement
    history: History
    now: datetime

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self.history.state

    def tries(self, when: str, words: str, recorded: str = "") -> Acted | Refused | Malformed:
        """Somebody tries something; `when` may be empty for the same instant as before."""
        moment = at(self.agreement, when) if when else self.now
        return self.attempts(moment, words, at(self.agreement, recorded) if recorded else moment)

    def attempts(self, moment: datetime, words: str, recorded: datetime | None = None) -> Acted | Refused | Malformed:
        """Somebody tries something at an instant."""
        law = in_force(self.agreement, self.state)
        self.history, answer = attempt(self.history, attempt_of(law, words), moment, recorded or moment)
        self.now = max(self.now, moment)
        return answer

    def does(self, when: str, words: str, recorded: str = "") -> Acted:
        """Somebody does something that is accepted."""
        answer = self.tries(when, words, recorded)
        assert isinstance(answer, Acted), told(answer)
        return answer

    def fails(self, when: str, words: str, because: str = "") -> str:
        """Somebody is refused, under a section if one is given; says why."""
        answer = self.tries(when, words)
        assert isinstance(answer, Refused), told(answer)
        assert not because or answer.section == because, told(answer)
        return told(answer)

    def passes(self, when: str) -> None:
        """Time passes, and nobody does anything."""
        self.until(at(self.agreement, when))

    def until(self, moment: datetime) -> None:
        """Time passes until an instant."""
        state = state_at(self.history, moment)
        self.history = History(self.agreement, self.history.opened, self.history.records, state)
        self.now = moment

    def why(self, question: str) -> Reason:
        """How a condition stands, with its reasons."""
        return self.judged(question, Judge(in_force(self.agreement, self.state), self.state, self.state.now))

    def judged(self, question: str, judge: Judge) -> Reason:
        """How a condition stands for a judge."""
        law = judge.agreement
        source = Source("question", question)
        parsed = parse_question(source)
        assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
        condition, problems = resolve_condition(parsed.syntax.condition, law.terms, source)
        assert condition is not None, render_all(problems, source)
        return judge.judge(condition)

    def asks(self, question: str) -> str:
        """The truth of a condition in one word: true, false, pending or open."""
        return self.why(question).truth.value

    def figure(self, words: str, than: str = "USD 0.00") -> str:
        """What a figure is now, as it is written; `than` is another figure of its unit."""
        law = in_force(self.agreement, self.state)
        source = Source("figure", f"{words} is at least {than}.")
        parsed = parse_question(source)
        assert parsed.syntax is not None, render_all(parsed.diagnostics, source)
        compared, problems = resolve_condition(parsed.syntax.condition, law.terms, source)
        assert isinstance(compared, Compare), render_all(problems, source)
        values = Judge(law, self.state, self.state.now).values
        return values.say(values.value(compared.left))

    def holds(self, fund: str = "Fund", purpose: str = "balance", unit: str = "USD") -> str:
        """What a fund holds, as it is written."""
        return str(self.state.balance(f"{fund}/{purpose}", unit))

    def got(self, party: str, unit: str = "USD") -> str:
        """What somebody has received, less what they have paid."""
        return str(self.state.balance(party, unit))

    def status(self, section: str, row: str = "") -> str:
        """How the norms of a section stand, for the entry of that name if one is given."""
        found = []
        for norm in self.state.norms.values():
            provision = in_force(self.agreement, self.state).by_key.get(norm.provision)
            named = self.state.entry(norm.row).name if norm.row else ""
            if provision is not None and provision.section == section and named == row:
                found.append(norm.status)
        return ", ".join(found) or "dormant"


def told(answer: Acted | Refused | Malformed) -> str:
    """An answer as people are told it."""
    match answer:
        case Acted():
            return f"accepted under {answer.section}"
        case Refused():
            return render_refusal(answer)
        case Malformed():
            return render_malformed(answer)


def opened(text: str, head: str = HEAD, start: str = START, **blanks: object) -> Deal:
    """A deal that has just been opened under the clauses of a test."""
    agreement = agreement_of(head + text)
    moment = at(agreement, start)
    filled = tuple((name.replace("_", " "), content) for name, content in blanks.items())
    begun = begin(agreement, Opened(moment, (), filled))  # type: ignore[arg-type]
    assert isinstance(begun, History), begun
    return Deal(agreement, begun, moment)


def usd(figure: str) -> object:
    """`usd("5.00")` as the content of a blank."""
    return parse_money(f"USD {figure}")


def worked(deal: Deal, words: str) -> str:
    """The derivation of a value as text."""
    asked = read_question(words, deal.agreement.terms)
    assert asked.value is not None, asked.problems
    return render_derivation(value_now(deal.agreement, deal.state, asked.value))


def behind(deal: Deal, question: str) -> str:
    """The figures behind a section or a condition as text."""
    asked = read_question(question, deal.agreement.terms)
    found = figures_for(deal.agreement, deal.state, asked.condition or question)
    return "\n".join(render_derivation(each) for each in found)


def problems(text: str) -> str:
    """What an author is told of a text, mistakes and warnings."""
    loaded = load(text)
    return render_all(loaded.diagnostics, loaded.source)
