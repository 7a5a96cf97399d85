"""What an entry has come to: its stages as instants, and whether it still counts.

Stages are never stored as a status. They are worked out from what is recorded of the entry, so they can be asked as of
any time: a stage whose instant lies ahead (a notice deemed given tomorrow) is known, and not yet reached.
"""

from collections.abc import Iterable
from datetime import datetime

from dsl import actions as a
from dsl import terms as t
from dsl.compile import Agreement, covers
from dsl.events import Acted
from dsl.presets import PRESETS
from dsl.reasons import either
from dsl.state import Entry, State


def is_signed_kind(agreement: Agreement, kind: str) -> bool:
    """Whether entries of the kind come to be by signatures."""
    definition = agreement.terms.kinds[kind]
    return PRESETS[definition.preset].signed and bool(definition.signers)


def stage_instant(agreement: Agreement, entry: Entry, stage: str, actor: str | None = None) -> datetime | None:
    """When an entry reached a stage, or will; None while that cannot be said.

    `actor` narrows `signed` to one signer, and every other stage to its maker or, for `received`, a recipient.
    """
    match stage:
        case "withdrawn":
            return entry.withdrawn
        case "signed" if actor is not None:
            return satisfied_at(agreement, actor, _signed(entry))
        case "signed" | "completed":
            return _completed(agreement, entry)
        case "received":
            to = () if actor is None else (actor,)
            return received_at(agreement, entry, to) if _addressed(agreement, actor, entry.to) else None
        case "given":
            return entry.taken if _by(agreement, entry, actor) else None
        case _:
            return _completed(agreement, entry) if _by(agreement, entry, actor) else None


def _addressed(agreement: Agreement, actor: str | None, names: tuple[str, ...]) -> bool:
    if actor is None or not names:
        return True
    return any(actor in (name, *agreement.members(name)) or name in agreement.members(actor) for name in names)


def _by(agreement: Agreement, entry: Entry, actor: str | None) -> bool:
    return actor is None or entry.author in (actor, *agreement.members(actor))


def _completed(agreement: Agreement, entry: Entry) -> datetime | None:
    if not is_signed_kind(agreement, entry.kind):
        return entry.at
    signed = _signed(entry)
    return _last(satisfied_at(agreement, name, signed) for name in agreement.terms.kinds[entry.kind].signers)


def received_at(
    agreement: Agreement, entry: Entry, to: tuple[str, ...] = (), signers: tuple[str, ...] = ()
) -> datetime | None:
    """When these had received what these have signed; None while one of them has not.

    Without `to` it is everybody whom it is addressed to, and of what is addressed to nobody whoever was the first.
    Without `signers` it is all of them. What one act makes is received with it, unless it is given on receipt.
    """
    kind = agreement.terms.kinds[entry.kind]
    names: tuple[str, ...] = to or (entry.to if kind.recipients else ()) or ("",)
    if entry.on_receipt:
        return _last(_reached(agreement, entry.receipts, name) for name in names)
    if not is_signed_kind(agreement, entry.kind):
        return entry.taken
    by_name = (
        {each.signer: at for each in entry.signatures if (at := _reached(agreement, each.received, name)) is not None}
        for name in names
    )
    return _last(satisfied_at(agreement, signer, by) for by in by_name for signer in signers or kind.signers)


def _reached(agreement: Agreement, receipts: tuple[tuple[str, datetime], ...], name: str) -> datetime | None:
    """When somebody received one thing; what went to nobody by name has reached everybody, and `""` is anybody."""
    unnamed = [at for who, at in receipts if not who or not name]
    own = satisfied_at(agreement, name, dict(receipts))
    return min([*unnamed, *([own] if own is not None else [])], default=None)


def receivers(agreement: Agreement, entry: Entry, to: tuple[str, ...]) -> tuple[str, ...]:
    """Who receives what is delivered to these: among those it is addressed to, or all of them if nobody is named."""
    addressed = [member for name in entry.to for member in agreement.members(name)]
    named = [member for name in to for member in agreement.members(name)]
    if not agreement.terms.kinds[entry.kind].recipients or not addressed:
        return tuple(dict.fromkeys(named)) or ("",)
    return tuple(dict.fromkeys(name for name in addressed if not to or name in named))


def _signed(entry: Entry) -> dict[str, datetime]:
    return {signature.signer: signature.at for signature in entry.signatures}


def satisfied_at(agreement: Agreement, name: str, done: dict[str, datetime]) -> datetime | None:
    """When a party has done its part, or enough members of a group have by the rule by which it acts."""
    party = agreement.terms.parties.get(name)
    if party is None or party.role != "group":
        return done.get(name)
    parts = sorted(each for member in party.members if (each := satisfied_at(agreement, member, done)) is not None)
    enough = needed_of(party.rule, len(party.members))
    return parts[enough - 1] if len(parts) >= enough else None


def needed_of(rule: str, members: int) -> int:
    """How many members of a group must act: each, any one, a majority by head, or a number."""
    match rule:
        case "each":
            return members
        case "any":
            return 1
        case "majority":
            return members // 2 + 1
        case _:
            return int(rule)


def principal_of(law: Agreement, attempt: a.Attempt) -> str:
    """For whom an attempt is made: the actor, or whom a person acts for who acts in its own name."""
    return _acts_for(law, attempt.actor) or attempt.actor


def person_of(law: Agreement, attempt: a.Attempt) -> str:
    """Who acts, as far as that is said: the person named, or the actor if it is a person."""
    return attempt.by or (attempt.actor if _acts_for(law, attempt.actor) else "")


def _acts_for(law: Agreement, actor: str) -> str:
    party = law.terms.parties.get(actor)
    return party.acts_for if party is not None else ""


def _last(instants: Iterable[datetime | None]) -> datetime | None:
    """The latest of several, or None while one is missing."""
    last: datetime | None = None
    for instant in instants:
        if instant is None:
            return None
        last = instant if last is None or instant > last else last
    return last


def effect_instant(agreement: Agreement, entry: Entry) -> datetime | None:
    """When an entry takes effect: received if it is addressed to somebody, else given, else complete.

    A notice that is given on receipt takes effect when it is given, which may be at the next opening.
    """
    if entry.on_receipt:
        return entry.given
    stage = "received" if agreement.terms.kinds[entry.kind].recipients else "completed"
    return stage_instant(agreement, entry, stage)


def is_superseded(agreement: Agreement, state: State, entry: Entry, now: datetime) -> bool:
    """Whether only the latest of its kind counts, and a later one about the same thing has taken effect."""
    if not agreement.terms.kinds[entry.kind].latest_counts:
        return False
    own = effect_instant(agreement, entry)
    for other in state.of_kind(entry.kind, entry.about):
        same = other.about == entry.about and (entry.about is not None or other.named == entry.named)
        if other.number == entry.number or other.withdrawn or not same:
            continue
        taken = effect_instant(agreement, other)
        if taken is not None and taken > now and state.watch is not None:
            state.watch.instants.add(taken)
        if taken is None or taken > now:
            continue
        if own is None:
            continue
        if (taken, other.number) > (own, entry.number):
            return True
    return False


def counts(agreement: Agreement, state: State, entry: Entry, now: datetime) -> bool:
    """Whether an entry still counts: neither withdrawn nor superseded, and not fallen with what it rested on."""
    if entry.withdrawn is not None or is_superseded(agreement, state, entry, now):
        return False
    return not _has_fallen(agreement, state, entry)


def _has_fallen(agreement: Agreement, state: State, entry: Entry) -> bool:
    """Whether the agreement itself has made an entry about another one, or about what was, that was withdrawn since.

    One of a kind that is about nothing stands by itself, whatever it was made for.
    """
    own = not entry.author and not entry.signatures and agreement.terms.kinds[entry.kind].about
    if not own or entry.about is None:
        return False
    about = state.entry(entry.about)
    return (about.withdrawn is not None and entry.at < about.withdrawn) or _has_fallen(agreement, state, about)


def concerns(entry: Entry, other: Entry) -> bool:
    """Whether an entry is about another one, with the content that one has now."""
    return entry.about == other.number and entry.about_digest == other.digest


def is_about(state: State, entry: Entry, number: int) -> bool:
    """Whether an entry is about the one of a number, or about something that is."""
    while entry.about is not None:
        if entry.about == number:
            return True
        entry = state.entry(entry.about)
    return False


def missing_signers(agreement: Agreement, entry: Entry) -> tuple[str, ...]:
    """Who can still sign where a signature is missing; nobody once it is complete."""
    signed = _signed(entry)
    missing = [
        member
        for name in agreement.terms.kinds[entry.kind].signers
        if satisfied_at(agreement, name, signed) is None
        for member in agreement.members(name)
        if member not in signed
    ]
    return tuple(dict.fromkeys(missing))


def row_of(state: State, acted: Acted) -> Entry | None:
    """The row under which an act was accepted."""
    return find(state, (), acted.row) if acted.row else None


def waived_by(waivers: tuple[Entry, ...]) -> str:
    """Who has waived something, in words."""
    return either(tuple(dict.fromkeys(name for waiver in waivers for name in waiver.authors)), "and") if waivers else ""


def protection_of(agreement: Agreement, section: str) -> t.Protection | None:
    """The sentence that says whom a section protects: the one that speaks of it most closely."""
    found = [each for each in agreement.terms.protections if any(covers(whole, section) for whole in each.sections)]
    return max(found, key=lambda each: max(len(whole) for whole in each.sections), default=None)


def find(state: State, kinds: tuple[str, ...], name: str) -> Entry | None:
    """The latest entry of that name, of one of the kinds (of any kind, if none is given)."""
    return next((each for each in reversed(state.named(name)) if not kinds or each.kind in kinds), None)
