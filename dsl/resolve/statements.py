"""Sentences that bind in, provisions out: one per statement, under the rows and the trigger of its sentence."""

import hashlib

from dsl import syntax
from dsl.resolve.acts import about_of, act, not_otherwise, purpose_of
from dsl.resolve.arithmetic import length_of
from dsl.resolve.authority import authority, bearers_of
from dsl.resolve.comparing import holds
from dsl.resolve.conditions import condition
from dsl.resolve.contents import stated
from dsl.resolve.days import hours
from dsl.resolve.figures import fund, fund_type
from dsl.resolve.fitting import MONEY, NAME, TIMES, phrase
from dsl.resolve.literals import need_zone
from dsl.resolve.names import ACTING, PEOPLE
from dsl.resolve.references import anchor, field_type, such
from dsl.resolve.scope import Scope
from dsl.resolve.values import fitting, one_of, selection, value
from dsl.resolve.words import a, ordinal, sentence
from dsl.source import NOWHERE, cover
from dsl.terms import (
    Act,
    Ban,
    Becomes,
    Binding,
    Condition,
    Discharges,
    Duty,
    Enacts,
    Ensure,
    Occurs,
    Passes,
    Power,
    Provision,
    Reference,
    Row,
    Selection,
    Spells,
    Statement,
    Terminates,
    Waives,
    Window,
)

NO_WINDOW = Window("", NOWHERE)
_ROLES = {syntax.NotBefore: "start", syntax.StoppedClock: "stop", syntax.StoppedSpells: "stop", syntax.Hours: "hours"}


def provisions(node: syntax.Provision, order: int, alone: bool, scope: Scope) -> tuple[Provision, ...]:
    """The provisions of one sentence; `order` counts the binding sentences of the clause from 1."""
    rows: Selection | None = None
    inside = scope
    if node.row is not None:
        rows = selection(node.row, scope)
        inside = scope.over(rows.text_noun)
    trigger = condition(node.trigger.condition, inside) if node.trigger else None
    latches = not isinstance(node.trigger, syntax.While)
    cited = scope.section if alone else f"{scope.section}, {ordinal(order)} sentence"
    return tuple(
        Provision(
            scope.words(node),
            node.span,
            f"{scope.section}/{_fingerprint(scope.words(node))}.{place}",
            scope.section,
            cited,
            rows,
            trigger,
            latches,
            *_for_every(each, trigger is not None, inside),
        )
        for place, each in enumerate(node.statements, 1)
    )


def _for_every(node: syntax.Statement, triggered: bool, scope: Scope) -> tuple[Statement, Selection | None]:
    """A statement, with the entries for which it happens where it happens for every one there is at that moment."""
    if not isinstance(node, syntax.EveryStatement):
        return statement(node, scope), None
    every = selection(node.entries, scope)
    noun = every.text_noun
    found = statement(node.statement, scope.over(noun))
    if noun in scope.rows:
        why = f"`such {noun}` would be either of the two."
        scope.wrong(
            node.entries, f"Two rows called {noun}", "the sentence ranges over it already", why, "Leave one out."
        )
    if not triggered or isinstance(found, Binding):
        what = "somebody is bound" if isinstance(found, Binding) else "no `when` or `while` says at which moment"
        why = "`for every` takes the entries there are when its sentence comes true, `for each` as they come."
        hint = f"Begin the sentence with `For each {noun}, ...`"
        hint += ", or let an event occur for every one, and bind for each event." if triggered else "."
        scope.wrong(node.entries, "`For each` is meant here", what, why, hint)
    return found, every


def _fingerprint(words: str) -> str:
    """What stays the same of a sentence when an amendment puts others before or after it."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def statement(node: syntax.PlainStatement, scope: Scope) -> Statement:
    """What somebody must, may or must not do, or what happens by itself."""
    match node:
        case syntax.Duty() | syntax.Permission() | syntax.Prohibition():
            return _norm(node, scope)
        case syntax.Authority():
            return authority(node, windows(node.windows, scope), scope)
        case syntax.Enactment() | syntax.Waiving():
            return _by_paper(node, scope)
        case syntax.Occurrence():
            return _occurrence(node, scope)
        case syntax.Substitution():
            names = ("name", "text")
            filler = one_of(node.filler, names, "A name", scope).value if node.filler is not None else None
            return Becomes(scope.words(node), node.span, filler, fitting(node.role, NAME, scope))
        case syntax.Ending():
            return Terminates(scope.words(node), node.span)
        case syntax.Discharge():
            return _discharge(node, scope)
        case syntax.Posting():
            return _posting(node, scope)


# ------------------------------------------------------------------- norms


def _norm(node: syntax.Duty | syntax.Permission | syntax.Prohibition, scope: Scope) -> Statement:
    words = scope.words(node)
    sorts = PEOPLE if isinstance(node, syntax.Permission) else ACTING
    bearers, bearer = bearers_of(node.actors, scope, sorts)
    if isinstance(node.actors, syntax.Actors):
        _check_actors(node, node.actors, bearers, scope)
    match node:
        case syntax.Duty():
            window = windows(node.act.windows if isinstance(node.act, syntax.Ensuring) else node.windows, scope)
            failing = statement(node.failing, scope) if node.failing else None
            if node.failing is not None and window.within is None and window.by is None:
                _never_fails(node, scope)
            return Duty(
                words, node.span, bearers, _any_one(node.actors), _required(node.act, scope), window, failing, bearer
            )
        case syntax.Permission():
            return Power(words, node.span, bearers, act(node.act, scope), windows(node.windows, scope), bearer)
        case syntax.Prohibition():
            return Ban(words, node.span, bearers, act(node.act, scope), bearer)


def _any_one(node: syntax.Bearer) -> bool:
    """Whether any one of several may perform for all."""
    return isinstance(node, syntax.Actors) and (node.jointly or node.names.joined_by == "or")


def _required(node: syntax.Act | syntax.Ensuring, scope: Scope) -> Act | Ensure:
    """What a duty asks for: an act, or a result."""
    if isinstance(node, syntax.Ensuring):
        return Ensure(scope.words(node), node.span, condition(node.condition, scope))
    return act(node, scope)


def _check_actors(
    node: syntax.Duty | syntax.Permission | syntax.Prohibition,
    actors: syntax.Actors,
    bearers: tuple[str, ...],
    scope: Scope,
) -> None:
    names = actors.names
    if len(names.names) > 1 and not names.joined_by:
        scope.wrong(
            names, "`and` or `or`?", "only commas join them", "Both, or any one of them?", "Write `and` or `or`."
        )
    if isinstance(node, syntax.Permission) and names.joined_by == "and":
        scope.doubtful(
            names,
            "Each of them, or all together?",
            "`and` before `may`",
            "It is read as: each of them may, alone.",
            "Write `A or B may`, or let them sign a writing together: `signed by A and B`.",
        )
    party = scope.names.parties.get(bearers[0])
    if actors.jointly and len(bearers) == 1 and party is not None and party.role != "group":
        scope.wrong(
            actors,
            "Jointly with whom?",
            "only one is bound",
            f"{bearers[0]} is one, and `jointly and severally` binds several.",
            "Name the others, or leave out `jointly and severally`.",
        )


def _never_fails(node: syntax.Duty, scope: Scope) -> None:
    scope.wrong(
        node,
        "A duty that is never late",
        "nothing fixes its time",
        "What follows `failing which` comes when a window closes unused, and this one never closes.",
        "Add a fixed time: `within 5 business days`, or `by 30 September 2005`.",
    )


def windows(nodes: tuple[syntax.Window, ...], scope: Scope) -> Window:
    """All that a sentence says about its time, as one window."""
    if not nodes:
        return NO_WINDOW
    _check_windows(nodes, scope)
    span = cover(nodes[0].span, nodes[-1].span)
    parts: dict[str, object] = {}
    for node in nodes:
        match node:
            case syntax.VagueWindow():
                parts["vague"] = scope.words(node.span) if node.about is not None else node.word
                if node.about is not None:
                    need_zone(node, scope)
                    parts["about"] = one_of(node.about, TIMES, "A date or an instant", scope).value
            case syntax.Within():
                parts["within"] = length_of(node.period, scope, value)
                if node.origin is not None:
                    parts["origin"] = one_of(node.origin, TIMES, "A date or an instant", scope).value
            case syntax.Deadline():
                need_zone(node, scope)
                parts["by"] = one_of(node.instant, TIMES, "A date or an instant", scope).value
                parts["strictly_before"] = node.word == "before"
            case syntax.NotBefore():
                need_zone(node, scope)
                parts["not_before"] = one_of(node.instant, TIMES, "A date or an instant", scope).value
            case syntax.StoppedClock():
                parts["stopped_while"] = _stopping(node, scope)
            case syntax.Hours():
                parts["hours"] = hours(node, scope)
            case syntax.StoppedSpells():
                parts["spells"] = _spells(node, scope)
    return Window(scope.words(span), span, **parts)  # type: ignore[arg-type]


def _stopping(node: syntax.StoppedClock, scope: Scope) -> Condition:
    """The condition while which a clock stands still: one by its name, or one of the row of the sentence."""
    if node.row is None:
        return condition(syntax.Applies(node.span, node.condition), scope)
    return holds(node, node.condition, such(node.row.kind, node.row.span, scope), False, scope)


def _spells(node: syntax.StoppedSpells, scope: Scope) -> Spells:
    """The entries that say since when, and until when, a clock stands still."""
    entries = selection(node.entries, scope)
    row = Row(f"such {entries.text_noun}", node.span, entries.text_noun)
    for name in (node.first, node.last) if entries.kinds else ():
        type_ = field_type(name, row, scope)
        if type_.name not in (*TIMES, "unknown"):
            why = "A clock stands still from one time to another."
            scope.wrong(
                name, "Not a time", f"this is {phrase(type_)}", why, "Name a field that holds a date or instant."
            )
    return Spells(scope.words(node), node.span, node.first.text, node.last.text, entries)


def _check_windows(nodes: tuple[syntax.Window, ...], scope: Scope) -> None:
    """One deadline to a sentence."""
    seen: dict[str, syntax.Window] = {}
    for node in nodes:
        role = _ROLES.get(type(node), "deadline")
        if role in seen:
            said = {
                "start": "Two starts",
                "stop": "Two clock stops",
                "deadline": "Two deadlines",
                "hours": "Two hours",
            }[role]
            scope.wrong(
                node,
                f"{said} in one sentence",
                f"after `{scope.words(seen[role])}`",
                "A reader cannot tell which of them counts.",
                {
                    "start": "Write one of them, or `not before the later of ... and ...`.",
                    "stop": "Give the two a name together, with `means that`.",
                    "hours": "Write one of them.",
                    "deadline": "Write one of them, or `by the earlier of ... and ...`.",
                }[role],
            )
        seen[role] = node
    fixed = seen.get("deadline")
    if "stop" in seen and (fixed is None or isinstance(fixed, syntax.VagueWindow)):
        why = "Only a fixed window has a clock."
        scope.wrong(seen["stop"], "No clock to stop", "no window runs", why, "Add `within 5 business days`.")


# ----------------------------------------------------------------- effects


def _occurrence(node: syntax.Occurrence, scope: Scope) -> Occurs:
    noun = scope.expect(node.kind, ("kind",), "kind of entry")
    made = scope.names.kinds.get(noun or "?")
    if made is None:
        return Occurs(scope.words(node), node.span, noun or "?", None, ())
    if made.preset == "movement" or made.signers:
        why = "money is moved" if made.preset == "movement" else "somebody signs it"
        instead = "`USD 5.00 passes from ... to ...`" if made.preset == "movement" else "a duty to sign it"
        scope.wrong(node.kind, f"{noun} does not occur", why, "Only what needs no act can occur.", f"Write {instead}.")
    not_otherwise(made, node.kind, scope)
    about = about_of(node.kind, (made.name,), node.about, scope)
    if made.about and node.about is None and made.about not in scope.rows:
        scope.wrong(
            node,
            f"About which {made.about}?",
            "not said",
            f"{made.name} is about one {made.about}.",
            f"Add `about such {made.about}` or `about the latest {made.about}`.",
        )
    fields = stated(node, node.fields, made, scope)
    return Occurs(scope.words(node), node.span, made.name, about, fields)


def _discharge(node: syntax.Discharge, scope: Scope) -> Discharges:
    words = scope.words(node)
    if isinstance(node.name, syntax.Name):
        return Discharges(words, node.span, scope.expect(node.name, ACTING, "party") or "?")
    return Discharges(words, node.span, "", one_of(node.name, ("name", "text"), "A name", scope).value)


def _by_paper(node: syntax.Enactment | syntax.Waiving, scope: Scope) -> Statement:
    amends = isinstance(node, syntax.Enactment)
    source = node.amendment if isinstance(node, syntax.Enactment) else node.waiver
    found: Reference = anchor(source, scope)
    preset, held = ("amendment", "clauses") if amends else ("waiver", "section")
    for kind in scope.names.kinds_of(found):
        made = scope.names.kinds.get(kind)
        if made is None:
            continue
        if made.preset != preset:
            why = f"{sentence(a(preset))} says {'which clauses change' if amends else 'what is waived'}."
            scope.wrong(source, f"Not {a(preset)}", f"{kind} is {a(made.preset)}", why, f"Define it as {a(preset)}.")
        elif sum(each.type.name == held for each in made.fields) != 1:
            scope.wrong(
                source,
                f"{kind} does not say which {'clauses' if amends else 'section'}",
                f"states no one field of type {held}",
                f"What {'replaces' if amends else 'is waived'} is read from that field.",
                f"Add it to the definition: `stating {'Changes' if amends else 'Requirement'} as {held}`.",
            )
    if amends:
        return Enacts(scope.words(node), node.span, found)
    return Waives(scope.words(node), node.span, found, isinstance(node, syntax.Waiving) and node.for_good)


def _posting(node: syntax.Posting, scope: Scope) -> Passes:
    source = fund(node.account.fund, scope)
    named = node.to.names if isinstance(node.to, syntax.Names) else ()
    payee = None if isinstance(node.to, syntax.Names) else fitting(node.to, NAME, scope)
    target = (scope.expect(named[0], (*PEOPLE, "fund"), "payee or fund") or "?") if named else ""
    if len(named) > 1:
        scope.wrong(
            node.to,
            "How is it divided?",
            "one amount to several",
            "Nothing says how much passes to each of them.",
            "Write one amount to each.",
        )
    wanted = fund_type(source, scope) if source != "?" else MONEY
    amount = fitting(node.amount, wanted, scope)
    goal = scope.names.funds.get(target)
    if goal is not None and source != "?" and goal.unit != wanted.of[0] and "?" not in (goal.unit, *wanted.of):
        scope.wrong(
            node.to,
            f"{goal.unit} is not {wanted.of[0]}",
            f"{target} holds {goal.unit}",
            f"The {source} holds {wanted.of[0]}, and nothing here converts one into the other.",
            "Let money pass between funds of one currency.",
        )
    if target == source:
        scope.wrong(
            node.to,
            "From a fund to itself",
            "the same fund",
            "No money would move.",
            "Name another fund or a payee.",
        )
    purpose = purpose_of(node.account, amount, source, node, scope)
    return Passes(scope.words(node), node.span, amount, source, target, purpose, payee)
