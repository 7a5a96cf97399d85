"""What was written, said, found or registered, and how far each paper has come: who signed, what is missing."""

from dataclasses import dataclass
from datetime import datetime

from dsl import terms as t
from dsl.compile import Agreement
from dsl.entries import counts, is_signed_kind, is_superseded, missing_signers, received_at, stage_instant
from dsl.presets import PRESETS
from dsl.state import Entry, State
from dsl.views.wording import words_of_content


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One signatory: `status` is missing, voided (a change of content undid it), signed or received."""

    signer: str
    status: str
    signed: datetime | None
    received: datetime | None


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of a paper: `status` is reached, ahead (the instant is known and has not come) or open."""

    name: str
    status: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its type, and its content as somebody would state it."""

    name: str
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """A paper or record of the deal.

    `counts` is False once it is withdrawn or superseded. `digest` is the SHA-256 of its content: signatures count only
    under one digest.
    """

    number: int
    kind: str
    sort: str
    name: str
    author: str
    at: datetime
    section: str
    about: str
    to: tuple[str, ...]
    channel: str
    copy: str
    digest: str
    counts: bool
    superseded: bool
    fields: tuple[FieldView, ...]
    signatures: tuple[SignatureView, ...]
    missing: tuple[str, ...]
    stages: tuple[StageView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document the agreement asks for: complete, partly signed or not there yet."""

    kind: str
    section: str
    status: str
    signatures: tuple[SignatureView, ...]
    entry: EntryView | None


def entries(law: Agreement, state: State) -> tuple[EntryView, ...]:
    """Every entry that stands under a kind of the agreement, in the order of the log."""
    return tuple(entry_view(law, state, each) for each in state.entries if each.kind in law.terms.kinds)


def entry_view(law: Agreement, state: State, entry: Entry) -> EntryView:
    """One entry with its stages."""
    kind = law.terms.kinds[entry.kind]
    return EntryView(
        entry.number,
        entry.kind,
        kind.preset,
        entry.name,
        entry.author,
        entry.at,
        entry.section or kind.section,
        state.entry(entry.about).name if entry.about is not None else "",
        entry.to,
        entry.channel,
        entry.copy,
        entry.digest,
        counts(law, state, entry, state.now),
        is_superseded(law, state, entry, state.now),
        tuple(_field(law, state, kind, name, content) for name, content in entry.fields),
        signatures(law, entry.kind, entry),
        missing_signers(law, entry) if is_signed_kind(law, entry.kind) else (),
        _stages(law, state, entry),
    )


def _field(law: Agreement, state: State, kind: t.Kind, name: str, content: t.Content) -> FieldView:
    declared = next((each for each in kind.fields if each.name == name), None)
    kind_of = str(declared.type) if declared is not None else ""
    return FieldView(name, kind_of, words_of_content(law.terms, content, state))


def signatures(law: Agreement, kind: str, entry: Entry | None) -> tuple[SignatureView, ...]:
    """Every signatory a kind needs, with what he or she has done about one entry of it."""
    given = {each.signer: each for each in entry.signatures} if entry is not None else {}
    voided = entry.voided if entry is not None else ()
    found = []
    for signer in law.signers(kind) if is_signed_kind(law, kind) else ():
        one = given.get(signer)
        if one is not None:
            received = received_at(law, entry, signers=(signer,)) if entry is not None else None
            found.append(SignatureView(signer, "received" if received else "signed", one.at, received))
        else:
            found.append(SignatureView(signer, "voided" if signer in voided else "missing", None, None))
    return tuple(found)


def _stages(law: Agreement, state: State, entry: Entry) -> tuple[StageView, ...]:
    kind = law.terms.kinds[entry.kind]
    names = ["completed"] if is_signed_kind(law, entry.kind) else ["made"]
    if PRESETS[kind.preset].sent:
        names += ["sent", "given"]
    elif kind.recipients:
        names.append("received")
    if entry.withdrawn is not None:
        names.append("withdrawn")
    found = []
    for name in names:
        at = stage_instant(law, entry, name)
        status = "open" if at is None else "reached" if at <= state.now else "ahead"
        found.append(StageView(name, status, at))
    return tuple(found)


def documents(law: Agreement, state: State) -> tuple[DocumentView, ...]:
    """Every document that the agreement names, whether it is there or not."""
    return tuple(_document(law, state, kind) for kind in law.terms.kinds.values() if kind.preset == "document")


def _document(law: Agreement, state: State, kind: t.Kind) -> DocumentView:
    alive = [each for each in state.entries if each.kind == kind.name and counts(law, state, each, state.now)]
    entry = alive[-1] if alive else None
    if entry is None:
        return DocumentView(kind.name, kind.section, "missing", signatures(law, kind.name, None), None)
    received = stage_instant(law, entry, "received")
    complete = stage_instant(law, entry, "completed")
    status = "received" if received is not None else "signed" if complete is not None else "partly signed"
    shown = entry_view(law, state, entry)
    return DocumentView(kind.name, kind.section, status, shown.signatures, shown)
