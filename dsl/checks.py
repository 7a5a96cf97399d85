"""What refuses an attempt beside the lack of a permit: content rules, notices, waivers, funds and withdrawals.

A refusal is evidence: it cites the section that refuses and the reasons.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dsl import actions as a
from dsl import terms as t
from dsl.ceasing import unheld
from dsl.compile import Agreement, covers
from dsl.diagnostics import Severity
from dsl.effects import delivered, draft_of, entered, plan_of, signed
from dsl.entries import counts, find, is_signed_kind, missing_signers, protection_of, receivers, stage_instant
from dsl.holders import vacancy
from dsl.holds import freed_by, held_back, holds, told
from dsl.hours import given_at
from dsl.judge import Judge
from dsl.lacking import awaited_by, lacking, listed, waits_of, written_in
from dsl.load import amended, load_clauses
from dsl.money import Quantity
from dsl.norms import DONE, judge_for
from dsl.owed import still_owed
from dsl.parted import unclear
from dsl.perhaps import may_lack
from dsl.presets import PRESETS
from dsl.reasons import Gap, Reason, Truth, Wait, a_noun, either
from dsl.settling import former_owner, is_on_file, settlers
from dsl.signing_rows import against_rows
from dsl.state import Entry, Norm, State


@dataclass(frozen=True, slots=True)
class Objection:
    """A reason to refuse, with the section it is cited under."""

    section: str
    summary: str
    reasons: tuple[Reason, ...]


def object_to(section: str, summary: str, text: str = "", *reasons: Reason) -> Objection:
    """An objection; without reasons of its own, its summary is the reason."""
    return Objection(section, summary, reasons or (Reason(Truth.FALSE, text or summary, section),))


def objections(agreement: Agreement, state: State, attempt: a.Attempt) -> Iterator[Objection]:
    """What refuses an attempt beside the lack of a permit, in the order a reader would ask."""
    action = attempt.action
    yield from _key_objections(agreement, state, attempt)
    match action:
        case a.Make():
            missing = _recipient_objections(agreement, attempt.actor, action)
            on_its_way = (*missing, *_notice_objections(agreement, state, attempt.actor, action))
            yield from on_its_way or _invalid(agreement, state, attempt.actor, action)
        case a.Sign():
            yield from _signing_objections(agreement, state, attempt.actor, action)
        case a.Deliver():
            yield from _delivery_objections(agreement, state, action)
        case a.Withdraw():
            yield from _withdrawal_objections(agreement, state, attempt.actor, action)
        case a.Release():
            yield from _release_objections(agreement, state, action)
        case a.Fill() | a.Choose():
            name = action.blank if isinstance(action, a.Fill) else action.ambiguity
            needed, _ = settlers(agreement, name)
            if attempt.actor not in needed:
                yield object_to(_home(agreement, name), f"{name} is settled by {' and '.join(needed)} only.")
        case a.AssertBreach():
            yield from _breach_objections(agreement, state, attempt.actor, action.section)
        case a.Deposit(verb="deposit"):
            yield from _purpose_objections(agreement, state, agreement.terms.funds[action.fund])
        case a.Pay() | a.Deposit() | a.DepositWith() | a.HoldFund():
            return


def _key_objections(agreement: Agreement, state: State, attempt: a.Attempt) -> Iterator[Objection]:
    """What is to be signed with a registered key, and is not."""
    if attempt.keyed:
        return
    done = {a.Make: "made", a.Sign: "signed"}.get(type(attempt.action), "withdrawn")
    for kind in (agreement.terms.kinds[each] for each in kinds_of(agreement, state, attempt.action, attempt.actor)):
        if kind.keyed:
            noun = a_noun(kind.name)
            told = f"{noun[0].upper()}{noun[1:]} is {done} with a registered key, and this act is signed with none."
            yield object_to(kind.section, told)


def kinds_of(agreement: Agreement, state: State, action: a.Action, actor: str) -> tuple[str, ...]:
    """The kinds of what an actor makes, signs or withdraws by an act."""
    match action:
        case a.Make(kind=name):
            return (name,)
        case a.Sign(kind=name):
            return tuple(kind for kind in agreement.kinds_of(name) if actor in agreement.signers(kind))
        case a.Withdraw(kind=name):
            entry = find(state, agreement.kinds_of(name), action.name)
            return (entry.kind,) if entry is not None else ()
        case _:
            return ()


def _breach_objections(agreement: Agreement, state: State, actor: str, section: str) -> Iterator[Objection]:
    if actor not in agreement.everybody():
        yield object_to(section, "Only a party can say that a duty is breached.")
        return
    owed = [norm for norm in state.norms.values() if _owed_under(agreement, norm, section)]
    if not owed:
        yield object_to(section, "Nothing is owed under this section now.")
    elif all(actor in norm.asserted_by for norm in owed):
        yield object_to(section, f"{actor} has said so already.")


def _release_objections(agreement: Agreement, state: State, action: a.Release) -> Iterator[Objection]:
    entry = find(state, (), action.plan)
    assert entry is not None
    plan = plan_of(entry)
    unit = agreement.terms.funds[action.fund].unit
    total = Quantity(sum(line.amount.amount for line in plan.lines), unit)
    if any(line.amount.unit != unit for line in plan.lines):
        yield object_to(entry.section, f'"{entry.name}" does not pay in {unit}, which the {action.fund} holds.')
    if any(each.number and each.answers == entry.number for each in state.paid_for(entry.number)):
        yield object_to(entry.section, f'"{entry.name}" has already been carried out.')
    yield from short(agreement, state, action.fund, total, freed=freed_by(state, entry))


def _delivery_objections(agreement: Agreement, state: State, action: a.Deliver) -> Iterator[Objection]:
    handed = delivered(agreement, state, action)
    if not handed:
        yield object_to("", "There is nothing signed to deliver, or it has all been received.")
    judge = Judge(agreement, state, state.now)
    for nobody in (vacancy(judge, receivers(agreement, each, action.to)) for each in handed):
        if nobody is not None:
            yield Objection(nobody.section, "Nobody can receive this now.", (nobody,))


def _owed_under(agreement: Agreement, norm: Norm, section: str) -> bool:
    provision = agreement.by_key.get(norm.provision)
    if provision is None or not isinstance(provision.statement, t.Duty):
        return False
    return norm.status in ("active", "overdue") and covers(section, provision.cited)


def _home(agreement: Agreement, name: str) -> str:
    terms = agreement.terms
    for table in (terms.blanks, terms.ambiguities):
        if name in table:
            return str(table[name].section)
    return next((address.section for address in terms.addresses if address.blank == name), "")


def short(
    agreement: Agreement,
    state: State,
    name: str,
    amount: Quantity,
    purpose: str = "balance",
    freed: frozenset[int] = frozenset(),
    by: str = "",
) -> Iterator[Objection]:
    """An amount that a fund does not hold for its purpose, as excess, or as interest; that is held back in it for
    anything but the entries `freed`; or that may have passed from it before, other than `by` the sentence that asks."""
    fund = agreement.terms.funds[name]
    balance = state.balance(f"{name}/{purpose}", fund.unit)
    if balance < amount:
        said = "" if purpose == "balance" else f" as {purpose}"
        text = f"The {name} holds {balance}{said}, which is less than {amount}."
        return (yield object_to("", text, "", Reason(Truth.FALSE, text, fund.section)))
    judge, rest = Judge(agreement, state, state.now), balance - amount
    found = tuple(_held_back(agreement, state, fund, rest, freed)) if purpose == "balance" else ()
    why = may_lack(judge, f"{name}/{purpose}", rest.amount, by, lambda: held_back(judge, name, freed=freed))
    gone = (Objection(why.section, f"It is open whether the {name} still holds this.", (why,)),) if why else ()
    yield from found or gone


def _purpose_objections(agreement: Agreement, state: State, fund: t.Fund) -> Iterator[Objection]:
    """What is excess in a fund cannot be said, nor later be parted from the rest, while it is open what it is for."""
    purpose = Judge(agreement, state, state.now).values.value(fund.purpose) if fund.purpose is not None else None
    if isinstance(purpose, Gap):
        text = f"It is not known how much the {fund.name} is for, so what of this would be excess is not either."
        yield object_to(fund.section, text, "", Reason(purpose.truth, text, fund.section, waits=purpose.waits))


def _held_back(
    agreement: Agreement, state: State, fund: t.Fund, rest: Quantity, freed: frozenset[int]
) -> Iterator[Objection]:
    """What is held back in a fund beyond what a payment would leave in it."""
    judge = Judge(agreement, state, state.now)
    held = [each for each in holds(judge, fund.name) if each.about is None or each.about.number not in freed]
    for each in held:
        if isinstance(each.amount, Gap):
            why = Reason(each.amount.truth, each.text, each.section, "not known how much is held", each.amount.waits)
            text = f"It is not known how much of the {fund.name} is held under section {each.section}."
            yield Objection(each.section, text, (why,))
            return
    amounts = [(each, Quantity(each.amount, fund.unit)) for each in held if isinstance(each.amount, int)]
    if sum(amount.amount for _, amount in amounts) <= rest.amount:
        return
    found = [told(each, fund.unit) for each, amount in amounts if amount.amount]
    reasons = (
        Reason(Truth.FALSE, each.text, each.section, f"holds {amount}", waits, needs=needs)
        for each, amount in amounts
        for waits, needs in (waits_of(unheld(judge, each, fund.name)),)
    )
    balance = state.balance(f"{fund.name}/balance", fund.unit)
    summary = f"Of the {balance} in the {fund.name}, this is held: {'; '.join(found)}."
    yield Objection(next(each.section for each, amount in amounts if amount.amount), summary, tuple(reasons))


def _recipient_objections(agreement: Agreement, actor: str, action: a.Make) -> Iterator[Objection]:
    kind = agreement.terms.kinds[action.kind]
    wanted = kind.recipients_from(agreement.behind(actor))
    missing = [name for name in wanted if name not in action.to]
    if action.to and missing:
        yield object_to(kind.section, f"{kind.name} must go to {' and '.join(wanted)}: {missing[0]} is missing.")


def _notice_objections(agreement: Agreement, state: State, actor: str, action: a.Make) -> Iterator[Objection]:
    kind = agreement.terms.kinds[action.kind]
    rule = agreement.terms.notice_rule
    if not PRESETS[kind.preset].sent or rule is None:
        return
    ways = " or ".join(rule.channels)
    way = rule.way(action.channel)
    if way is None:
        said = f"not by {action.channel}" if action.channel else "and no channel is named"
        yield object_to(rule.section, f"A notice must be sent by {ways}, {said}.", rule.text)
        return
    if way.copies and action.copy not in way.copies:
        said = f"not by {action.copy}" if action.copy else "and no copy is named"
        yield object_to(rule.section, f"A copy must go by {' or '.join(way.copies)}, {said}.", rule.text)
    else:
        for recipient in action.to or kind.recipients_from(agreement.behind(actor)):
            yield from _address_objections(agreement, state, recipient, action.channel)
    if isinstance(given_at(Judge(agreement, state, state.now).values, way, state.now), Gap):
        yield object_to(rule.section, "The calendar does not cover the day on which this would be given.")


def _address_objections(agreement: Agreement, state: State, recipient: str, channel: str) -> Iterator[Objection]:
    addresses = [address for address in agreement.terms.addresses if address.channel == channel]
    own = [each for each in addresses if each.recipient == recipient]
    shared = [each for each in addresses if recipient in agreement.members(each.recipient)]
    found = own or shared
    if any(is_on_file(agreement, state, each) for each in found):
        return
    since = next((each for each in (former_owner(agreement, state, address) for address in found) if each), None)
    section = found[0].section if found else ""
    blank = found[0].blank if found else f"{recipient} {channel}"
    text = found[0].text if found else f"an address of {recipient} for {channel}"
    who = settlers(agreement, blank)[0] if found else agreement.members(recipient)
    wait = Wait("blank", f"the blank {blank}", who, section=section)
    none = f"; {since.filler} has given none since becoming the {since.role}" if since is not None else ""
    reason = Reason(Truth.OPEN, text, section, f"no address on file{none}", (wait,))
    yield Objection(section, f"There is no {channel} address of {recipient} on file.", (reason,))


def _invalid(agreement: Agreement, state: State, actor: str, action: a.Make) -> Iterator[Objection]:
    yield from broken_rules(agreement, state, entered(agreement, state, actor, action, ""))


def broken_rules(agreement: Agreement, state: State, entry: Entry) -> Iterator[Objection]:
    """The content rules of its kind that an entry would break."""
    judge = Judge(agreement, state.asking(entry), state.now).with_row(entry)
    for guard in agreement.validities.get(entry.kind, ()):
        reason = judge.judge(guard.condition)
        if reason.truth is not Truth.TRUE:
            section = next(
                (leaf.section for leaf in reason.leaves() if covers(guard.section, leaf.section)), guard.section
            )
            yield Objection(section, _broken(entry.kind, reason), (reason.unmet(),))
    yield from second_one(agreement, state, entry)
    match agreement.terms.kinds[entry.kind].preset:
        case "waiver":
            yield from _waiver_objections(agreement, entry)
        case "amendment":
            yield from _amendment_objections(agreement, state, entry)
        case _:
            return


def second_one(agreement: Agreement, state: State, entry: Entry) -> Iterator[Objection]:
    """A second entry of a kind of which there is only one, as long as the first counts."""
    kind = agreement.terms.kinds[entry.kind]
    for other in (
        state.of_kind(kind.name, entry.about if kind.only_one == "for each" else None) if kind.only_one else ()
    ):
        if other.number != entry.number and counts(agreement, state, other, state.now):
            of = f' about "{state.entry(entry.about).name}"' if kind.only_one == "for each" and entry.about else ""
            yield object_to(
                kind.section, f'There is already {a_noun(kind.name)}{of}: "{other.name}". There can be only one.'
            )


def _broken(kind: str, reason: Reason) -> str:
    if reason.truth is Truth.OPEN:
        return f"Open: whether this {kind} is valid waits for {listed(lacking(reason, awaited_by))}."
    return f"This {kind} would not be valid, because this is not so: {listed(lacking(reason, written_in))}."


def _amendment_objections(agreement: Agreement, state: State, entry: Entry) -> Iterator[Objection]:
    """Clauses with which the agreement could not be read cannot amend it, nor those that state another past."""
    section = agreement.terms.kinds[entry.kind].section
    clauses = {field.name for field in agreement.terms.kinds[entry.kind].fields if field.type.name == "clauses"}
    for name, content in entry.fields:
        if name in clauses and isinstance(content, str):
            loaded = load_clauses(content, agreement.terms)
            wrong = [each for each in loaded.diagnostics if each.severity is Severity.ERROR]
            if loaded.agreement is None:
                told = "; ".join(f"{each.title}, `{loaded.source.excerpt(each.span)}`" for each in wrong[:3])
                text = f"With these clauses the agreement cannot be read: {told}."
                yield object_to(section, text)
            else:
                against = against_rows(agreement, state, loaded.agreement)
                parting = unclear(agreement, amended(agreement, (content,)), state)
                yield from (object_to(section, each) for each in (*against, *parting))


def _waiver_objections(agreement: Agreement, entry: Entry) -> Iterator[Objection]:
    for _, content in entry.fields:
        if not isinstance(content, t.SectionValue):
            continue
        guard = protection_of(agreement, content.number)
        if guard is None:
            text = f"No sentence says whom section {content.number} protects, so nobody can waive it alone."
            reason = Reason(Truth.FALSE, f"a waiver of section {content.number}", content.number)
            yield Objection(agreement.terms.kinds[entry.kind].section, text, (reason,))
            continue
        protected = {member for name in guard.names for member in (name, *agreement.members(name))}
        if not protected & {*entry.authors, *agreement.signers(entry.kind)}:
            names = either(guard.names, "and")
            told = f"Section {content.number} protects {names}, not {either(entry.authors, 'and')}."
            yield object_to(guard.section, told)


def _signing_objections(agreement: Agreement, state: State, actor: str, action: a.Sign) -> Iterator[Objection]:
    kinds = [kind for kind in agreement.kinds_of(action.kind) if actor in agreement.signers(kind)]
    already = 0
    for kind in kinds:
        section = agreement.terms.kinds[kind].section
        draft = draft_of(agreement, state, kind, action.name, anew=bool(action.fields))
        if draft is not None and draft.withdrawn is not None:
            yield object_to(section, f'"{draft.name}" has been withdrawn.')
            continue
        entry = signed(agreement, state, actor, kind, action, section, draft)
        same = draft is not None and draft.digest == entry.digest
        if draft is not None and not missing_signers(agreement, draft) and not same:
            yield object_to(section, f'"{draft.name}" is complete; a change needs a new {kind} under a new name.')
            continue
        if draft is not None and same and actor in {each.signer for each in draft.signatures}:
            already += 1
            continue
        yield from broken_rules(agreement, state, entry)
    if kinds and already == len(kinds):
        yield object_to(agreement.terms.kinds[kinds[0]].section, f"{actor} has already signed this content.")


def _withdrawal_objections(agreement: Agreement, state: State, actor: str, action: a.Withdraw) -> Iterator[Objection]:
    entry = find(state, agreement.kinds_of(action.kind), action.name)
    if entry is None:
        return  # a concurrence is taken back, and nothing has been made yet
    section = agreement.terms.kinds[entry.kind].section
    if entry.withdrawn is not None:
        yield object_to(section, f'"{entry.name}" has already been withdrawn.')
        return
    if is_signed_kind(agreement, entry.kind):
        if actor not in {each.signer for each in entry.signatures}:
            yield object_to(section, f'{actor} has not signed "{entry.name}", so has nothing to withdraw.')
        elif not missing_signers(agreement, entry):
            yield object_to(section, f'"{entry.name}" is complete and can no longer be withdrawn.')
        return
    if PRESETS[agreement.terms.kinds[entry.kind].preset].by_agreement:
        yield object_to(section, f'"{entry.name}" is on record as what has happened, and is not withdrawn.')
        return
    if entry.author != actor:
        yield object_to(section, f'"{entry.name}" was made by {entry.author}, not by {actor}.')
    paid = _carried_out(agreement, state, entry)
    if paid is not None:
        why = Reason(Truth.FALSE, paid.text, paid.cited, "what was to be paid has been paid")
        yield object_to(section, f'"{entry.name}" has been carried out and can no longer be withdrawn.', "", why)
    given = stage_instant(agreement, entry, "given")
    if PRESETS[agreement.terms.kinds[entry.kind].preset].sent and given is not None and given <= state.now:
        yield object_to(section, f'"{entry.name}" has been given and can no longer be withdrawn.')


def _carried_out(agreement: Agreement, state: State, entry: Entry) -> t.Provision | None:
    """The sentence under which somebody has paid all that was to be paid for an entry; None while nothing has been paid
    for it, or more is owed for it."""
    done = None
    for norm in state.norms.values():
        provision = agreement.by_key.get(norm.provision) if norm.row == entry.number else None
        act = getattr(provision.statement, "act", None) if provision is not None else None
        if provision is None or not isinstance(act, t.Move) or act.amount is None:
            continue
        left = still_owed(judge_for(agreement, state, provision, entry), provision, act, norm)
        if norm.paid and (norm.status in DONE or left == 0):
            done = provision
        elif isinstance(provision.statement, t.Duty) and (norm.live or norm.status == "suspended"):
            return None
    return done
