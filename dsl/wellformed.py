"""What makes an attempt malformed: it says something the agreement does not know.

An unknown name, a field of the wrong type, an amount of another currency: each is told with what was expected, and such
an attempt is not recorded, because it is evidence of nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime

from dsl import actions as a
from dsl import terms as t
from dsl.calendars import Period
from dsl.compile import Agreement
from dsl.concurrence import own_voices
from dsl.diagnostics import did_you_mean
from dsl.effects import draft_of
from dsl.entries import find, is_signed_kind
from dsl.money import Quantity, Rate
from dsl.presets import PRESETS
from dsl.reasons import either
from dsl.resolve.fitting import phrase
from dsl.resolve.names import ROLES
from dsl.resolve.sections import listed
from dsl.saying import say
from dsl.sections import section_named
from dsl.state import State


def actors(agreement: Agreement) -> tuple[str, ...]:
    """Everybody by name who can act: parties, the persons who act for one, and whoever else makes or signs an entry."""
    kinds = agreement.terms.kinds.values()
    named = {name for kind in kinds for name in (*kind.makers, *kind.signers)}
    parties = agreement.terms.parties.items()
    return tuple(
        name for name, each in parties if each.role in ("party", "person") or (each.role in ROLES and name in named)
    )


def problems(agreement: Agreement, state: State, attempt: a.Attempt) -> Iterator[str]:
    """Everything an attempt says that the agreement does not know."""
    party = agreement.terms.parties.get(attempt.actor)
    if not attempt.actor.startswith('"') and (party is None or party.role not in ROLES):
        known = actors(agreement)
        near = did_you_mean(attempt.actor, known)
        yield " ".join((f"`{attempt.actor}` cannot act.", *([near] if near else []), f"Who can: {', '.join(known)}."))
        return
    person = agreement.terms.parties.get(attempt.by)
    if attempt.by and not attempt.by.startswith('"') and (person is None or person.role in ("group", "channel")):
        people = [name for name, each in agreement.terms.parties.items() if each.role == "person"]
        yield f"`{attempt.by}` is nobody who can act for {attempt.actor}. {did_you_mean(attempt.by, people)}".strip()
    action = attempt.action
    match action:
        case a.Make() | a.Sign():
            yield from _entry_problems(agreement, state, action)
        case a.Deliver() | a.Withdraw():
            if not own_voices(agreement, state, attempt):
                yield from _paper_problems(agreement, state, attempt.actor, action)
        case a.Release() | a.Pay() | a.Deposit() | a.DepositWith() | a.HoldFund():
            yield from _money_problems(agreement, state, action)
        case a.Fill():
            yield from _fill_problems(agreement, action)
        case a.Choose():
            yield from _choice_problems(agreement, action)
        case a.AssertBreach():
            if section_named(agreement, action.section) != action.section:
                yield f"There is no section {action.section}. The sections are {listed(agreement.terms.clauses)}."


def _paper_problems(agreement: Agreement, state: State, actor: str, action: a.Deliver | a.Withdraw) -> Iterator[str]:
    if action.name and find(state, agreement.kinds_of(action.kind), action.name) is None:
        yield _no_entry(state, action.name)
    elif action.kind and not agreement.kinds_of(action.kind):
        yield _no_kind(agreement, action.kind)
    elif not action.kind and not action.name:
        yield "Say what: the name of an entry, or its kind."
    elif isinstance(action, a.Withdraw) and not action.name:
        yield f"{actor} has made no {action.kind} that could be withdrawn."
    elif isinstance(action, a.Deliver) and action.to:
        yield from _delivery_problems(agreement, action)


def _delivery_problems(agreement: Agreement, action: a.Deliver) -> Iterator[str]:
    """Whom something is delivered to that it is not addressed to."""
    recipients = [agreement.terms.kinds[kind].recipients for kind in agreement.kinds_of(action.kind)]
    addressed = tuple(dict.fromkeys(name for names in recipients for name in names))
    known = {member for name in addressed for member in agreement.members(name)}
    for name in action.to if all(recipients) else ():
        if not known & {*agreement.members(name)}:
            yield f"{action.kind} is addressed to {' and '.join(addressed)}, not to {name}."


def _money_problems(
    agreement: Agreement, state: State, action: a.Release | a.Pay | a.Deposit | a.DepositWith | a.HoldFund
) -> Iterator[str]:
    parties = agreement.terms.parties
    if action.fund or not isinstance(action, a.Pay):
        yield from _fund_problems(agreement, action.fund)
    if isinstance(action, a.Release):
        entry = find(state, (), action.plan)
        if entry is None:
            yield _no_entry(state, action.plan)
        elif not any(isinstance(content, t.Plan) for _, content in entry.fields):
            yield f'"{action.plan}" states no payments, so nothing can be released according to it.'
    if isinstance(action, a.Pay) and action.to and action.to not in parties and not action.to.startswith('"'):
        yield f"`{action.to}` is nobody the agreement names. {did_you_mean(action.to, parties)}".strip()
    if not isinstance(action, a.Release) and action.about and find(state, (), action.about) is None:
        yield _no_entry(state, action.about)
    if isinstance(action, a.Pay | a.Deposit | a.DepositWith):
        yield from _amount_problems(agreement, action.amount, action.fund)
    if isinstance(action, a.HoldFund) and action.amount is not None:
        yield from _amount_problems(agreement, action.amount, action.fund)


def _choice_problems(agreement: Agreement, action: a.Choose) -> Iterator[str]:
    ambiguity = agreement.terms.ambiguities.get(action.ambiguity)
    if ambiguity is None:
        known = agreement.terms.ambiguities
        yield f"There is no ambiguity `{action.ambiguity}`. {did_you_mean(action.ambiguity, known)}".strip()
    elif action.reading not in ambiguity.readings:
        yield f"`{action.reading}` is no reading of {action.ambiguity}: {', '.join(ambiguity.readings)}."


def _no_entry(state: State, name: str) -> str:
    names = [entry.name for entry in state.entries]
    latest = tuple(f'"{each}"' for each in names[-_TOLD:])
    are = f"The latest {'are' if len(latest) > 1 else 'is'} {either(latest, 'and')}."
    known = did_you_mean(name, names) or (are if latest else "Nothing has been entered yet.")
    return f'There is no entry "{name}". {known}'


_TOLD = 3


def _no_kind(agreement: Agreement, kind: str) -> str:
    known = (*agreement.terms.kinds, *agreement.terms.collections)
    return f"`{kind}` is nothing the agreement lets anybody make. {did_you_mean(kind, known)}".strip()


def _fund_problems(agreement: Agreement, fund: str) -> Iterator[str]:
    if fund not in agreement.terms.funds:
        yield f"`{fund}` is no fund. The funds are {', '.join(agreement.terms.funds) or 'none'}."


def _amount_problems(agreement: Agreement, amount: Quantity, fund: str) -> Iterator[str]:
    units = (agreement.terms.funds[fund].unit,) if fund in agreement.terms.funds else agreement.units
    if amount.unit not in units:
        yield f"{amount} is not an amount of {either(units, 'or')}."
    if amount.amount <= 0:
        yield f"{amount} is not more than nothing."


def _entry_problems(agreement: Agreement, state: State, action: a.Make | a.Sign) -> Iterator[str]:
    kinds = agreement.kinds_of(action.kind)
    if not kinds:
        yield _no_kind(agreement, action.kind) if action.kind else _no_entry(state, action.name)
        return
    for name in kinds:
        kind = agreement.terms.kinds[name]
        if PRESETS[kind.preset].by_agreement and not kind.makers:
            yield f"{name} is not made by anybody: it occurs by itself."
        elif isinstance(action, a.Make) and is_signed_kind(agreement, name):
            yield f"{name} is made by signing it: use `sign`."
        elif isinstance(action, a.Sign) and not is_signed_kind(agreement, name):
            yield f"{name} needs no signatures: use `{PRESETS[kind.preset].making}`."
        else:
            yield from _content_problems(agreement, state, kind, action)


def _content_problems(agreement: Agreement, state: State, kind: t.Kind, action: a.Make | a.Sign) -> Iterator[str]:
    if isinstance(action, a.Make) and action.name and find(state, (kind.name,), action.name) is not None:
        yield f'There already is a {kind.name} named "{action.name}". Choose another name.'
    other = find(state, (), action.name) if action.name else None
    if other is not None and other.kind != kind.name:
        yield f'There already is a {other.kind} named "{action.name}". Choose another name.'
    if other is None and state.index.kept.get(action.name):
        yield f'"{action.name}" is the name of what has come about by itself, by what was known. Choose another name.'
    draft = (
        draft_of(agreement, state, kind.name, action.name, anew=bool(action.fields))
        if isinstance(action, a.Sign)
        else None
    )
    if kind.about and not action.about and draft is not None and draft.about is None:
        yield f'"{draft.name}" concerns "{draft.named}", which has not come about by what is known now.'
    elif kind.about and not action.about and draft is None:
        yield f'{kind.name} concerns a {kind.about}: say which, `about "..."`.'
    elif action.about and find(state, agreement.kinds_of(kind.about), action.about) is None:
        yield _no_entry(state, action.about)
    if action.fields is None and (draft is not None or not kind.fields):
        return
    yield from field_problems(agreement, kind, action.fields or ())
    if isinstance(action, a.Make):
        for name in action.to:
            if kind.recipients and name not in kind.recipients:
                yield f"{kind.name} is addressed to {' and '.join(kind.recipients)}, not to {name}."


def field_problems(agreement: Agreement, kind: t.Kind, fields: a.Fields) -> Iterator[str]:
    """What is missing, unknown or of the wrong type in the fields of an entry."""
    stated = dict(fields)
    known = {field.name: field for field in kind.fields}
    for name in stated:
        if name not in known:
            yield f"{kind.name} has no field `{name}`. {did_you_mean(name, known)}".strip()
    for field in kind.fields:
        content = stated.get(field.name)
        if content is None and not field.optional:
            yield f"{kind.name} must state {field.name} ({field.type})."
        elif content is not None and not fits(agreement, field.type, content):
            yield f"{field.name} of {kind.name} must be {phrase(field.type)}, {_found(agreement, field.type, content)}"


def _found(agreement: Agreement, wanted: t.Type, content: t.Content) -> str:
    """What was found where something else is wanted, and how a rate is written in place of a whole number."""
    said = _said(agreement, content)
    whole = wanted.name == "rate" and isinstance(content, int) and not isinstance(content, bool)
    return f"not {said}. Write `{content}.0`, or `{content} percent`." if whole else f"not {said}."


def _said(agreement: Agreement, content: t.Content) -> str:
    """A content in the words of the deal; text keeps its quotation marks."""
    if isinstance(content, str):
        return f'"{content}"' if _is_text(content) else "an empty text"
    return say(content, agreement.terms.zone)


def fits(agreement: Agreement, wanted: t.Type, content: t.Content) -> bool:
    """Whether a content is of a type."""
    match wanted.name:
        case "text" | "clauses":
            return _is_text(content)
        case "yes-or-no":
            return isinstance(content, bool)
        case "date":
            return isinstance(content, date) and not isinstance(content, datetime)
        case "instant":
            return isinstance(content, datetime)
        case "number":
            return isinstance(content, int) and not isinstance(content, bool)
        case "rate":
            return isinstance(content, Rate)
        case "payments":
            return isinstance(content, t.Plan) and content.rest_to is None and _is_plan(agreement, content)
        case "name":
            return isinstance(content, t.NameValue) or _is_text(content)
        case "section":
            return isinstance(content, t.SectionValue)
        case "period":
            return isinstance(content, Period)
        case "amount":
            return isinstance(content, Quantity) and content.unit == wanted.of[0]
        case "choice":
            return isinstance(content, t.NameValue) and content.name in wanted.of
        case _:
            return isinstance(content, t.EntryName)


def _is_text(content: t.Content) -> bool:
    """Whether a content is text that says something."""
    return isinstance(content, str) and not content.isspace() and content != ""


def _is_plan(agreement: Agreement, plan: t.Plan) -> bool:
    """Whether a plan pays something to people, named here or described in words, all in one unit."""
    units = {line.amount.unit for line in plan.lines}
    described = {line.payee for line in plan.lines} - set(agreement.terms.parties)
    known = all(payee.startswith('"') and _is_text(payee.strip('"')) for payee in described)
    return known and len(units) < 2 and all(line.amount.amount > 0 for line in plan.lines)


def blank_problems(agreement: Agreement, blanks: tuple[tuple[str, t.Content], ...]) -> Iterator[str]:
    """What is unknown or of the wrong type in the blanks filled at the opening."""
    for name, content in blanks:
        yield from _fill_problems(agreement, a.Fill(name, content))


def _fill_problems(agreement: Agreement, action: a.Fill) -> Iterator[str]:
    blank = agreement.terms.blanks.get(action.blank)
    addresses = [address.blank for address in agreement.terms.addresses]
    if blank is None and action.blank not in addresses:
        names = (*agreement.terms.blanks, *addresses)
        yield f"There is no blank `{action.blank}`. {did_you_mean(action.blank, names)}".strip()
    elif blank is not None and not fits(agreement, blank.type, action.content):
        yield f"The blank {action.blank} must be {phrase(blank.type)}, {_found(agreement, blank.type, action.content)}"
    elif blank is not None and not all(limit.allows(action.content) for limit in blank.limits):
        yield f"The blank {action.blank} is to be {blank.bounds}; found {_said(agreement, action.content)}."
    elif blank is None and not _is_text(action.content):
        yield f"The address {action.blank} must be text, not {_said(agreement, action.content)}."
