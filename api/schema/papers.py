"""Papers and records: who signed, what is missing, what has been received and given."""

import strawberry

from api.schema.contents import Content, PaperView
from api.schema.nodes import Node, is_named
from api.schema.scalars import Instant


@strawberry.type(description="One signatory of a paper: `missing`, `voided`, `signed` or `received`.")
class Signature:
    """Shows a `dsl.views.SignatureView`."""

    signer: str
    status: str
    signed: Instant | None
    received: Instant | None


@strawberry.type(description="A stage of a paper: `reached`, `ahead` (known, and not come) or `open`.")
class Stage:
    """Shows a `dsl.views.StageView`."""

    name: str
    status: str
    at: Instant | None


@strawberry.type(description="What a field of a paper states, as somebody would state it.")
class StatedField:
    """Shows a `dsl.views.FieldView`."""

    name: str
    type: str
    text: str


@strawberry.type(description="Something written, said, found or registered.")
class Entry(Node):
    """Shows a `dsl.views.EntryView`."""

    number: int
    kind: str = strawberry.field(description="As the agreement names it: `Joint Instruction`.")
    sort: str = strawberry.field(description="What sort of paper it is: `document`, `writing`, `notice`, `claim`, ...")
    name: str
    author: str = strawberry.field(description="Who made or first signed it; empty where the agreement itself made it.")
    at: Instant
    section: str
    about: str
    to: list[str]
    channel: str
    copy: str
    digest: str = strawberry.field(description="SHA-256 of its content; signatures count under one digest only.")
    counts: bool = strawberry.field(description="Neither withdrawn nor superseded.")
    superseded: bool
    fields: list[StatedField]
    signatures: list[Signature]
    missing: list[str] = strawberry.field(description="Who has not signed it yet.")
    stages: list[Stage]
    contents: list[Content] = strawberry.field(
        resolver=PaperView.contents,
        description="The files that it names with `sha256:` and 64 hexadecimal digits: held here or not, as it is now.",
    )

    is_type_of = staticmethod(is_named("Entry"))


@strawberry.type(description="A document the agreement asks for: `missing`, `partly signed`, `signed` or `received`.")
class Document:
    """Shows a `dsl.views.DocumentView`."""

    kind: str
    section: str
    status: str
    signatures: list[Signature]
    entry: Entry | None
