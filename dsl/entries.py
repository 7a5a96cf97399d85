"""What an entry has come to: its stages as instants, and whether it still counts.

Stages are never stored as a status. They are worked out from what is recorded of the entry, so they can be asked as of
any time: a stage whose instant lies ahead (a notice deemed given tomorrow) is known, and not yet reached.
"""

from collections.abc import Iterator
from datetime import datetime

from dsl.compile import Agreement
from dsl.presets import PRESETS
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
            return _last(_signed_at(agreement, entry, agreement.members(actor)))
        case "signed" | "completed":
            return _completed(agreement, entry)
        case "received":
            return _received(agreement, entry) if _concerns(agreement, entry, actor, entry.to) else None
        case "given":
            return (entry.given or entry.at) if _by(agreement, entry, actor) else None
        case _:
            return _completed(agreement, entry) if _by(agreement, entry, actor) else None


def _concerns(agreement: Agreement, entry: Entry, actor: str | None, names: tuple[str, ...]) -> bool:
    if actor is None or not names:
        return True
    return any(actor in (name, *agreement.members(name)) or name in agreement.members(actor) for name in names)


def _by(agreement: Agreement, entry: Entry, actor: str | None) -> bool:
    return actor is None or entry.author in (actor, *agreement.members(actor))


def _completed(agreement: Agreement, entry: Entry) -> datetime | None:
    if not is_signed_kind(agreement, entry.kind):
        return entry.at
    return _last(_signed_at(agreement, entry, agreement.signers(entry.kind)))


def _received(agreement: Agreement, entry: Entry) -> datetime | None:
    if not is_signed_kind(agreement, entry.kind):
        return entry.given or entry.at
    received = {signature.signer: signature.received for signature in entry.signatures}
    return _last(received.get(signer) for signer in agreement.signers(entry.kind))


def _signed_at(agreement: Agreement, entry: Entry, signers: tuple[str, ...]) -> Iterator[datetime | None]:
    signed = {signature.signer: signature.at for signature in entry.signatures}
    return (signed.get(signer) for signer in signers)


def _last(instants: Iterator[datetime | None]) -> datetime | None:
    """The latest of several, or None while one is missing."""
    last: datetime | None = None
    for instant in instants:
        if instant is None:
            return None
        last = instant if last is None or instant > last else last
    return last


def effect_instant(agreement: Agreement, entry: Entry) -> datetime | None:
    """When an entry takes effect: received if it is addressed to somebody, else given, else complete."""
    stage = "received" if agreement.terms.kinds[entry.kind].recipients else "completed"
    return stage_instant(agreement, entry, stage)


def is_superseded(agreement: Agreement, state: State, entry: Entry, now: datetime) -> bool:
    """Whether only the latest of its kind counts, and a later one about the same thing has taken effect."""
    if not agreement.terms.kinds[entry.kind].latest_counts:
        return False
    own = effect_instant(agreement, entry)
    for other in state.entries:
        if other.kind != entry.kind or other.number == entry.number or other.withdrawn or other.about != entry.about:
            continue
        taken = effect_instant(agreement, other)
        if taken is None or taken > now:
            continue
        if own is None:
            continue
        if (taken, other.number) > (own, entry.number):
            return True
    return False


def counts(agreement: Agreement, state: State, entry: Entry, now: datetime) -> bool:
    """Whether an entry still counts: neither withdrawn nor superseded."""
    return entry.withdrawn is None and not is_superseded(agreement, state, entry, now)


def missing_signers(agreement: Agreement, entry: Entry) -> tuple[str, ...]:
    """Who has not signed yet."""
    signed = {signature.signer for signature in entry.signatures}
    return tuple(signer for signer in agreement.signers(entry.kind) if signer not in signed)


def find(state: State, kinds: tuple[str, ...], name: str) -> Entry | None:
    """The latest entry of that name, of one of the kinds (of any kind, if none is given)."""
    for entry in reversed(state.entries):
        if entry.name == name and (not kinds or entry.kind in kinds):
            return entry
    return None
