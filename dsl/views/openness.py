"""What the source leaves open: blanks and ambiguities, who can close them, and who has said what so far."""

from dataclasses import dataclass, replace

from dsl import terms as t
from dsl.compile import Agreement
from dsl.settling import is_filled, settlers
from dsl.state import State
from dsl.views.wording import words_of_content


@dataclass(frozen=True, slots=True)
class SaidView:
    """A content or reading, and who has stated it so far."""

    text: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlankView:
    """A blank, or an address that the source leaves blank or its owner has changed; `content` is empty until filled."""

    name: str
    type: str
    required: bool
    section: str
    filled: bool
    content: str
    filled_by: tuple[str, ...]
    together: bool
    said: tuple[SaidView, ...]
    bounds: str = ""


@dataclass(frozen=True, slots=True)
class AmbiguityView:
    """A question the source leaves open, with its readings; `chosen` is empty until it is settled."""

    name: str
    question: str
    readings: tuple[str, ...]
    section: str
    chosen: str
    settled_by: tuple[str, ...]
    said: tuple[SaidView, ...]


def blanks(law: Agreement, state: State) -> tuple[BlankView, ...]:
    """Every blank, those of addresses last."""
    terms = law.terms
    found = [
        replace(_blank(law, state, each.name, each.type, each.required, each.section), bounds=each.bounds)
        for each in terms.blanks.values()
    ]
    found += [
        _blank(law, state, each.blank, t.Type("text"), False, each.section)
        for each in terms.addresses
        if each.address is None or each.blank in state.blanks or not is_filled(law, state, each.blank)
    ]
    return tuple(found)


def _blank(law: Agreement, state: State, name: str, kind: t.Type, required: bool, section: str) -> BlankView:
    content = state.blanks.get(name)
    who, together = settlers(law, name)
    text = "" if content is None else words_of_content(law.terms, content, state)
    said = _said(law, state, name)
    return BlankView(name, str(kind), required, section, content is not None, text, who, together, said)


def ambiguities(law: Agreement, state: State) -> tuple[AmbiguityView, ...]:
    """Every ambiguity."""
    return tuple(
        AmbiguityView(
            each.name,
            each.question,
            each.readings,
            each.section,
            state.choices.get(each.name, ""),
            settlers(law, each.name)[0],
            _said(law, state, each.name),
        )
        for each in law.terms.ambiguities.values()
    )


def _said(law: Agreement, state: State, name: str) -> tuple[SaidView, ...]:
    return tuple(
        SaidView(words_of_content(law.terms, each.content, state), each.by)
        for each in state.settlings
        if each.name == name and each.by
    )
