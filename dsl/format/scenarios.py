"""Scenarios and single attempts as text: dated acts, and what must be seen after them."""

from dsl import syntax
from dsl.format.conditions import condition
from dsl.format.layout import bare, maybe, quoted, sentence, the
from dsl.format.marks import JOIN, PART, START, TURN
from dsl.format.provisions import account, act, held, lifted, to
from dsl.format.values import about, anchor, content, instant, literal, section, sections, somebody, stating


def scenarios(written: syntax.ScenarioFile) -> str:
    """All scenarios of a file, with an empty line between two of them."""
    return "".join(f"{text}\n" for text in ["\n\n".join(_scenario(each) for each in written.scenarios)] if text)


def _scenario(written: syntax.Scenario) -> str:
    continuing = "" if written.continuing is None else _continuing(written.continuing)
    citing = maybe(f"{PART}citing ", None if written.citing is None else sections(written.citing))
    head = f"{START}scenario {quoted(written.name)}{continuing}{citing}:"
    return "\n".join([head, *(sentence(_step(each), 1) for each in written.steps)])


def _continuing(written: syntax.Continuing) -> str:
    until = maybe(f"{TURN}until ", None if written.until is None else instant(written.until))
    return f"{PART}continuing {quoted(written.scenario)}{until}"


def _step(written: syntax.Step) -> str:
    match written:
        case syntax.OpeningStep():
            return f"open at {instant(written.at)}{stating(written.blanks, 'with')}"
        case syntax.ActStep():
            if written.recorded is None:
                return f"at {instant(written.at)}, {attempt(written.attempt)}"
            recorded = f"recorded at {instant(written.recorded)}"
            return f"at {instant(written.at)}, {recorded},{JOIN}{attempt(written.attempt)}"
        case syntax.TimeStep():
            return f"at {instant(written.at)}, nothing happens"
        case syntax.Expectation():
            known = maybe(f",{PART}as known at ", None if written.known_at is None else instant(written.known_at))
            return f"expect {_expected(written.expected)}{known}"


def _expected(written: syntax.Expected) -> str:
    match written:
        case syntax.ExpectRefused():
            saying = maybe(f"{JOIN}saying ", None if written.saying is None else quoted(written.saying))
            because = maybe(f"{JOIN}because ", None if written.sections is None else sections(written.sections))
            return f"refused{because}{saying}"
        case syntax.ExpectInvalid():
            return "invalid" + maybe(f"{JOIN}saying ", None if written.saying is None else quoted(written.saying))
        case syntax.ExpectMay():
            under = maybe(f"{TURN}under ", None if written.section is None else section(written.section))
            return f"{somebody(written.actor)} may {act(written.act)}{under}"
        case syntax.ExpectMayNot():
            because = maybe(f"{JOIN}because ", None if written.section is None else section(written.section))
            return f"{somebody(written.actor)} may not {act(written.act)}{because}"
        case syntax.ExpectTruth():
            truth = "" if written.truth is None else f"{written.truth}, "
            return f"{truth}{condition(written.condition, 1)}"
        case syntax.ExpectDivergence():
            return f"divergence under {section(written.section)}"
        case syntax.ExpectSays():
            return f"the explanation of {section(written.section)} says{JOIN}{quoted(written.text)}"


def attempt(written: syntax.Attempt) -> str:
    """`the Escrow Agent: hold the Escrow Fund`, without its capital letter and its full stop."""
    under = maybe(f"{TURN}under ", None if written.under is None else section(written.under))
    agent = maybe(" by ", None if written.agent is None else somebody(written.agent))
    key = "" if written.key is None else ", with a registered key"
    return f"{somebody(written.actor)}{agent}{key}: {_deed(written.deed)}" + under


def _deed(written: syntax.Deed) -> str:
    match written:
        case syntax.MakeDeed():
            name = maybe(" ", None if written.name is None else quoted(written.name))
            made = f"{written.verb} {the(written.kind)}{name}{about(written.about)}{to(written.to)}"
            return f"{made}{_channel(written.channel)}{stating(written.fields)}"
        case syntax.NamedDeed():
            return f"{written.verb} {quoted(written.name)}{to(written.to)}"
        case syntax.FillDeed():
            return f"fill {the(written.blank)} with {content(written.content)}"
        case syntax.ChooseDeed():
            return f"choose {bare(written.reading)} for {bare(written.ambiguity)}"
        case syntax.AssertDeed():
            return f"assert breach of {section(written.section)}"
        case _:
            return _money_deed(written)


_MoneyDeed = syntax.ReleaseDeed | syntax.PayDeed | syntax.DepositDeed | syntax.HoldDeed | syntax.LiftDeed


def _money_deed(written: _MoneyDeed) -> str:
    match written:
        case syntax.ReleaseDeed():
            return f"{written.verb} {the(written.fund)}{TURN}according to {anchor(written.plan)}"
        case syntax.PayDeed():
            payee = maybe(f"{TURN}to ", None if written.to is None else somebody(written.to))
            fund = maybe(f"{TURN}from ", None if written.account is None else account(written.account))
            return f"{written.verb} {literal(written.amount)}{payee}{fund}{about(written.about)}"
        case syntax.DepositDeed():
            fund = maybe(f"{TURN}from ", None if written.fund is None else the(written.fund))
            placed = f"{TURN}{written.place} {the(written.name)}{fund}"
            return f"deposit {literal(written.amount)}{placed}{about(written.about)}"
        case syntax.HoldDeed():
            return f"hold {the(written.fund)}" if written.amount is None else held(literal(written.amount), written)
        case syntax.LiftDeed():
            return lifted(written)


def _channel(written: syntax.ByChannel | None) -> str:
    if written is None:
        return ""
    return f"{PART}by {bare(written.channel)}" + maybe(
        f"{TURN}with a copy by ", None if written.copy is None else bare(written.copy)
    )
