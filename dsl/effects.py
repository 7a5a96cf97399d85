"""What each act enters or moves, before anything follows from it; which of the two it does is told in `engine.py`."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import count

from dsl import actions as a
from dsl import terms as t
from dsl.bearing import is_for_another
from dsl.compile import Agreement, covers
from dsl.copying import replace
from dsl.entries import find, missing_signers, received_at, receivers, row_of
from dsl.events import Acted, Paper
from dsl.hours import given_at
from dsl.judge import Judge
from dsl.ledger import deposited, split_deposit
from dsl.money import Quantity
from dsl.naming import come_about, default_name
from dsl.norms import Now, judge_for, said_of
from dsl.owed import still_owed
from dsl.presets import PRESETS
from dsl.reasons import Gap
from dsl.settling import settlers
from dsl.state import Entry, Posting, Settling, Signature, State


def digest_of(kind: str, about: str, fields: a.Fields) -> str:
    """The SHA-256 of what an entry says: its kind, the name of what it is about, and its fields by name."""
    return hashlib.sha256(repr((kind, about, sorted(fields))).encode()).hexdigest()


def papers_of(agreement: Agreement, state: State, attempt: a.Attempt) -> tuple[Paper, ...]:
    """The papers that an act signs, speaks of or pays by, with the content that they have now."""
    found: list[Entry | None] = []
    match attempt.action:
        case a.Make() as action if action.about:
            found = [find(state, agreement.kinds_of(agreement.terms.kinds[action.kind].about), action.about)]
        case a.Release() as action:
            found = [find(state, (), action.plan)]
        case a.Sign() as action:
            for kind in agreement.kinds_of(action.kind):
                if attempt.actor in agreement.signers(kind):
                    draft = draft_of(agreement, state, kind, action.name, anew=bool(action.fields))
                    entry = signed(agreement, state, attempt.actor, kind, action, "", draft)
                    found += [entry, state.entry(entry.about) if entry.about is not None else None]
        case _:
            pass
    return tuple(Paper(each.kind, each.name, each.digest) for each in found if each is not None)


def _digest_then(papers: tuple[Paper, ...], entry: Entry | None, name: str = "") -> str:
    """The digest that an entry, by its name where it has not come about, had for an act, which is what it has now where
    the act does not say."""
    called, now = (entry.name, entry.digest) if entry is not None else (name, "")
    return next((paper.digest for paper in papers if paper.name == called), now)


def entered(
    agreement: Agreement, state: State, actor: str, action: a.Make, section: str, papers: tuple[Paper, ...] = ()
) -> Entry:
    """The entry that somebody makes; a notice is given as the rule for notices says, everything else at once."""
    kind = agreement.terms.kinds[action.kind]
    about = find(state, agreement.kinds_of(kind.about), action.about) if action.about else None
    given = _given(agreement, state, kind.name, action.channel, state.now)
    number = about.number if about else None
    to = action.to or kind.recipients_from(agreement.behind(actor))
    there, missing = _parted(agreement, state, to)
    return Entry(
        number=len(state.entries) + 1,
        kind=kind.name,
        name=action.name or default_name(state, kind.name),
        author=actor,
        at=state.now,
        section=section,
        fields=action.fields,
        about=number,
        about_digest=_digest_then(papers, about, action.about),
        to=to,
        digest=digest_of(kind.name, about.name if about else action.about, action.fields),
        channel=action.channel,
        copy=action.copy,
        given=None if missing else given,
        on_receipt=given is None or bool(missing),
        receipts=tuple((name, given) for name in there) if missing and given is not None else (),
        named="" if about else action.about,
    )


def make(agreement: Agreement, state: State, actor: str, action: a.Make, acted: Acted) -> State:
    """The state with an entry that somebody makes by an accepted act."""
    return come_about(agreement, state, entered(agreement, state, actor, action, acted.section, acted.papers))


def _given(agreement: Agreement, state: State, kind: str, channel: str, sent: datetime) -> datetime | None:
    """When something sent at an instant is given, by the rule for notices; None where that is when it is received."""
    rule = agreement.terms.notice_rule if PRESETS[agreement.terms.kinds[kind].preset].sent else None
    way = rule.way(channel) if rule is not None else None
    if way is None:
        return sent
    if way.period is None:
        return None
    moved = given_at(Judge(agreement, state, state.now).values, way, sent)
    return moved if isinstance(moved, datetime) else sent  # a notice without such a day is refused


def _parted(agreement: Agreement, state: State, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles among these that somebody fills, and those that are vacant: nobody receives anything for them."""
    members = tuple(dict.fromkeys(member for name in names for member in agreement.members(name)))
    missing = tuple(name for name in members if state.vacant(name) is not None)
    return tuple(name for name in members if name not in missing), missing


def taken_up(agreement: Agreement, state: State, role: str) -> State:
    """Whoever fills a role that was vacant receives what was sent to it meanwhile, at the earliest now."""
    for entry in state.entries:
        given = _given(agreement, state, entry.kind, entry.channel, entry.at)
        waiting = entry.on_receipt and entry.withdrawn is None and role in receivers(agreement, entry, ())
        if waiting and given is not None:
            receipts = _handed(entry.receipts, (role,), max(given, state.now))
            handed = replace(entry, receipts=receipts)
            state = state.put(replace(handed, given=received_at(agreement, handed)))
    return state


def _counted(agreement: Agreement, state: State, entry: Entry, reached: datetime) -> datetime | None:
    """When a notice that has been received is given; None where the calendar cannot say."""
    rule = agreement.terms.notice_rule
    given = given_at(Judge(agreement, state, state.now).values, rule.way(entry.channel) if rule else None, reached)
    return given if isinstance(given, datetime) else None


def draft_of(agreement: Agreement, state: State, kind: str, name: str, *, anew: bool = False) -> Entry | None:
    """The entry that a signature goes under: of that name; without a name the one not complete yet, or the latest.

    Who states content without a name, where all are complete, makes another one (`anew`).
    """
    if name:
        return find(state, (kind,), name)
    standing = [entry for entry in state.of_kind(kind) if entry.withdrawn is None]
    incomplete = [entry for entry in standing if missing_signers(agreement, entry)]
    latest = incomplete or ([] if anew else standing)
    return latest[-1] if latest else None


def sign(agreement: Agreement, state: State, actor: str, action: a.Sign, acted: Acted) -> State:
    """Sign one entry, or each of a list that the actor is a signatory to; other content undoes earlier signatures.

    A signature under content that a late fact has changed is one under no content that there is.
    """
    for kind in agreement.kinds_of(action.kind):
        if actor not in agreement.signers(kind):
            continue
        paper = next((each for each in acted.papers if each.kind == kind), None)
        name = paper.name if paper is not None else action.name
        draft = draft_of(agreement, state, kind, name, anew=bool(action.fields))
        entry = signed(agreement, state, actor, kind, replace(action, name=name), acted.section, draft)
        signers = {signature.signer for signature in draft.signatures} if draft is not None else set()
        if draft is not None and actor in signers and entry.digest == draft.digest and not action.fields:
            continue
        if draft is None or entry.digest != draft.digest:
            about = state.entry(entry.about) if entry.about is not None else None
            entry = replace(entry, about_digest=_digest_then(acted.papers, about, entry.named))
        if paper is None or paper.digest == entry.digest:
            state = come_about(agreement, state, entry)
    return state


def signed(
    agreement: Agreement, state: State, actor: str, kind: str, action: a.Sign, section: str, draft: Entry | None
) -> Entry:
    """An entry with one more signature; if the content differs, with that signature alone."""
    definition = agreement.terms.kinds[kind]
    about = find(state, agreement.kinds_of(definition.about), action.about) if action.about else None
    number, named = (about.number if about else None), "" if about else action.about
    if draft is not None and not action.about:
        number, named = draft.about, draft.named
    fields = action.fields if action.fields is not None else (draft.fields if draft else ())
    concerned = state.entry(number) if number is not None else None
    digest = digest_of(kind, concerned.name if concerned else named, fields)
    mine = Signature(actor, state.now)
    target = concerned.digest if concerned else ""
    if draft is None:
        return Entry(
            number=len(state.entries) + 1,
            kind=kind,
            name=action.name or default_name(state, kind),
            author=actor,
            at=state.now,
            section=section,
            fields=fields,
            about=number,
            about_digest=target,
            to=definition.recipients_from(agreement.signers(kind)),
            digest=digest,
            signatures=(mine,),
            named=named,
        )
    if digest != draft.digest:
        undone = tuple(signature.signer for signature in draft.signatures if signature.signer != actor)
        said = replace(draft, fields=fields, about=number, about_digest=target, digest=digest, named=named)
        return replace(said, signatures=(mine,), voided=undone)
    others = tuple(signature for signature in draft.signatures if signature.signer != actor)
    voided = tuple(name for name in draft.voided if name != actor)
    return replace(draft, signatures=(*others, mine), voided=voided)


def withdrawn(agreement: Agreement, state: State, action: a.Withdraw) -> Entry:
    """An entry that is withdrawn now."""
    entry = find(state, agreement.kinds_of(action.kind), action.name)
    assert entry is not None
    return replace(entry, withdrawn=state.now)


def delivered(agreement: Agreement, state: State, action: a.Deliver) -> tuple[Entry, ...]:
    """The entries a delivery is of: the one named, or those of the kind (or list) that somebody has yet to receive."""
    kinds = agreement.kinds_of(action.kind)
    if action.name:
        found = find(state, kinds, action.name)
        return (found,) if found is not None and travels(agreement, found, action.to) else ()
    standing = (entry for entry in state.of_kinds(kinds) if entry.withdrawn is None)
    return tuple(entry for entry in standing if travels(agreement, entry, action.to))


def travels(agreement: Agreement, entry: Entry, to: tuple[str, ...] = ()) -> bool:
    """Whether one of these (of all it is addressed to, if nobody is named) has yet to receive something of an entry:
    a counterpart, or a notice that is given on receipt."""
    sent = [signature.received for signature in entry.signatures] + ([entry.receipts] if entry.on_receipt else [])
    names = {*receivers(agreement, entry, to)}
    return any(not names <= {who for who, _ in received} for received in sent)


def deliver(agreement: Agreement, state: State, action: a.Deliver) -> State:
    """Every counterpart signed so far is received now by those it is delivered to, and so is a notice on its way."""
    for entry in delivered(agreement, state, action):
        names, _ = _parted(agreement, state, receivers(agreement, entry, action.to))
        signatures = tuple(
            replace(signature, received=_handed(signature.received, names, state.now)) for signature in entry.signatures
        )
        receipts = _handed(entry.receipts, names, state.now) if entry.on_receipt else ()
        handed = replace(entry, signatures=signatures, receipts=receipts, to=entry.to or action.to)
        reached = received_at(agreement, handed) if entry.on_receipt else None
        given = _counted(agreement, state, entry, reached) if reached is not None else entry.given
        state = state.put(replace(handed, given=given))
    return state


def _handed(
    received: tuple[tuple[str, datetime], ...], names: tuple[str, ...], now: datetime
) -> tuple[tuple[str, datetime], ...]:
    """Who has received something when, with these; what somebody has already received stays so."""
    before = {who for who, _ in received}
    return (*received, *((name, now) for name in names if name not in before))


# --------------------------------------------------------------------- money


def postings(agreement: Agreement, state: State, acted: Acted) -> Iterator[Posting]:
    """The movements of an accepted act, under the section and row it was accepted under, each with a number of its own
    from the one that it was given. What a deposit brings beyond what is owed is paid under no section."""
    free = (number for number in count(acted.moves) if not state.index.numbers.get(number))
    verb, row = getattr(acted.attempt.action, "verb", "deposit"), row_of(state, acted)
    of, owed = row.number if row is not None else None, owed_of(agreement, state, acted)
    named, (answers, meant) = "" if row is not None else acted.row, _answered(state, acted)
    for source, target, amount in _movements(agreement, state, acted):
        word = "retain" if isinstance(acted.attempt.action, a.Release) and target == acted.attempt.actor else verb
        due = amount if owed is None else min(amount, owed)
        owed = owed - due if owed is not None else None
        if due.amount:
            section, key = acted.section, acted.provision
            yield Posting(next(free), state.now, word, source, target, due, section, key, of, answers, named, meant)
        if rest := (amount - due).amount:
            over = Quantity(rest, due.unit)
            yield Posting(next(free), state.now, word, source, target, over, "", "", None, answers, meant=meant)


def _answered(state: State, acted: Acted) -> tuple[int | None, str]:
    """The number of the entry that is answered by what an act moves; or the name of one that has not come about, of
    which a late fact has taken away the ground."""
    action = acted.attempt.action
    said = action.plan if isinstance(action, a.Release) else getattr(action, "about", "")
    about = find(state, (), said) if said else row_of(state, acted) if not isinstance(action, a.Deposit) else None
    return (about.number, "") if about is not None else (None, said)


def owed_of(agreement: Agreement, state: State, acted: Acted) -> Quantity | None:
    """How much of what an act moves is for its duty: of a deposit what is owed, to a wrong payee nothing; None: all."""
    action, provision, row = acted.attempt.action, agreement.by_key.get(acted.provision), row_of(state, acted)
    norm = state.norm(acted.provision, row.number if row is not None else None)
    if not isinstance(action, a.Deposit | a.Pay) or provision is None or norm is None:
        return None
    duty, judge = provision.statement, judge_for(agreement, state, provision, row)
    if not isinstance(duty, t.Duty) or not isinstance(act := duty.act, t.Move) or act.amount is None:
        return None
    if isinstance(action, a.Pay):
        return Quantity(0, action.amount.unit) if is_for_another(judge, act, action.to) else None
    left = still_owed(judge, provision, act, norm)
    return None if isinstance(left, Gap) else Quantity(max(left, 0), action.amount.unit)


Movement = tuple[str, str, Quantity]
"""From which account to which, and how much."""


def _movements(agreement: Agreement, state: State, acted: Acted) -> Iterator[Movement]:
    actor, action = acted.attempt.actor, acted.attempt.action
    match action:
        case a.Release():
            entry = find(state, (), action.plan)  # none where a late fact has taken it away
            plan = acted.plan or (plan_of(entry) if entry is not None else None)
            assert plan is not None
            for line in plan.lines:
                yield f"{action.fund}/balance", line.payee, line.amount
        case a.Pay():
            yield _held_as(agreement, acted, action.fund) if action.fund else actor, action.to or actor, action.amount
        case a.Deposit():
            yield from _deposit(agreement, state, actor, action)
        case a.DepositWith():
            yield _held_as(agreement, acted, action.fund), action.place, action.amount
        case _:
            pass


def _deposit(agreement: Agreement, state: State, actor: str, action: a.Deposit) -> Iterator[Movement]:
    fund = agreement.terms.funds.get(action.fund)  # none where a late fact has taken away the amendment that had it
    if action.verb == "credit":
        parts: tuple[tuple[str, str, Quantity], ...] = (("bank", "interest", action.amount),)
    elif fund is None:
        parts = ((actor, "balance", action.amount),)
    else:
        purpose = Judge(agreement, state, state.now).values.value(fund.purpose) if fund.purpose else None
        known = purpose if isinstance(purpose, Quantity) else None
        serving, excess = split_deposit(fund, known, deposited(state, fund), action.amount)
        parts = ((actor, "balance", serving), (actor, "excess", excess))
    yield from ((source, f"{action.fund}/{name}", amount) for source, name, amount in parts if amount.amount)


def _held_as(agreement: Agreement, acted: Acted, fund: str) -> str:
    """The account of a fund that the provision of an act speaks of."""
    provision = agreement.by_key.get(acted.provision)
    act = getattr(provision.statement, "act", None) if provision is not None else None
    return f"{fund}/{act.purpose if isinstance(act, t.Move) else 'balance'}"


def plan_now(state: State, action: a.Action) -> t.Plan | None:
    """What a release pays, as the entry it pays by states it now."""
    entry = find(state, (), action.plan) if isinstance(action, a.Release) else None
    return plan_of(entry) if entry is not None else None


def plan_of(entry: Entry) -> t.Plan:
    """The plan of payments that an entry states; there is one."""
    return next(content for _, content in entry.fields if isinstance(content, t.Plan))


# ------------------------------------------------------- blanks and readings


def settle_blank(agreement: Agreement, state: State, actor: str, action: a.Fill | a.Choose) -> State:
    """One more statement of what a blank holds or how an ambiguity is read; it counts when everybody needed agrees."""
    content: t.Content
    if isinstance(action, a.Fill):
        name, content = action.blank, action.content
    else:
        name, content = action.ambiguity, t.NameValue(action.reading)
    needed, together = settlers(agreement, name)
    so_far = next((each for each in state.settlings if each.name == name and each.content == content), None)
    by = tuple(dict.fromkeys((*(so_far.by if so_far else ()), actor)))
    rest = tuple(
        replace(each, by=tuple(who for who in each.by if who != actor)) if each.name == name else each
        for each in state.settlings
        if each is not so_far
    )
    state = replace(state, settlings=(*rest, Settling(name, content, by)))
    if together and not set(needed) <= set(by):
        return state
    if name in agreement.terms.ambiguities:
        assert isinstance(content, t.NameValue)
        return state.at_large(choices={**state.choices, name: content.name})
    return state.at_large(blanks={**state.blanks, name: content})


def breached(
    agreement: Agreement, state: State, actor: str, action: a.AssertBreach
) -> Iterator[tuple[t.Provision, Now]]:
    """The duties of a section that somebody says are breached, which changes nothing else."""
    for norm in state.norms.values():
        provision = agreement.by_key.get(norm.provision)
        duty = provision is not None and isinstance(provision.statement, t.Duty)
        if provision is None or not duty or not covers(action.section, provision.cited) or not norm.live:
            continue
        if actor not in norm.asserted_by:
            told = said_of(provision, state, norm, "is said to be breached")
            yield provision, Now(replace(norm, asserted_by=(*norm.asserted_by, actor)), beside=(told, actor))


def moves_ahead(state: State) -> int:
    """The number of the next movement of money by an act."""
    return 1 + state.index.moved
