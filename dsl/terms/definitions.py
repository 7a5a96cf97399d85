"""Who and what an agreement names: parties, kinds of entry, funds, blanks, ambiguities, named conditions and values."""

from dataclasses import dataclass, field

from dsl.calendars import Period, Unit
from dsl.money import Rate
from dsl.source import Span
from dsl.terms.conditions import Condition
from dsl.terms.contents import Content, Term, Type
from dsl.terms.values import Value

# ---------------------------------------------------------------------- who


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody the agreement names.

    `role` is `party`, `person` (acts for `acts_for`), `group` (acts through `members` by `rule`: `each`, `any`,
    `majority` or a number), `payee`, `court`, `counsel` or `channel`.
    """

    name: str
    role: str
    described: str
    section: str
    span: Span = field(compare=False, repr=False)
    acts_for: str = ""
    members: tuple[str, ...] = ()
    rule: str = ""


# --------------------------------------------------------------------- what


@dataclass(frozen=True, slots=True)
class Field:
    """A field that an entry of a kind states."""

    name: str
    type: Type
    optional: bool


@dataclass(frozen=True, slots=True)
class Actors:
    """Who may or must act; `together` where `and` joins them (each must), not where `or` does (any one)."""

    names: tuple[str, ...]
    together: bool


DAY = "Day"
"""The field in which an event that recurs tells its day."""


@dataclass(frozen=True, slots=True)
class Recurrence(Term):
    """The days on which the agreement itself makes an entry: every `period` from `start` on, `end` included.

    `later` leaves out the start itself.
    """

    period: Period
    later: bool
    start: Value
    end: Value | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry. `preset` is one of the rows of `dsl.presets`.

    `to_others` says that whoever makes or signs it is not among its recipients.
    `keyed` says that it is signed, made and withdrawn with a registered key alone.
    `only_one` is `only one` or `for each`: a second one (about the same entry) is refused while the first stands.
    """

    name: str
    preset: str
    section: str
    span: Span = field(compare=False, repr=False)
    signers: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    deliverers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    about: str = ""
    fields: tuple[Field, ...] = ()
    latest_counts: bool = False
    only_one: str = ""
    way: str = ""
    fund: str = ""
    every: Recurrence | None = None
    to_others: bool = False
    keyed: bool = False

    def recipients_from(self, authors: tuple[str, ...]) -> tuple[str, ...]:
        """Who receives what these make: everybody it is addressed to, less themselves where it goes to others."""
        return tuple(name for name in self.recipients if not (self.to_others and name in authors))


@dataclass(frozen=True, slots=True)
class Fund:
    """Money held by a party; a deposit beyond `purpose` is kept apart as excess (no purpose: nothing is)."""

    name: str
    unit: str
    holder: str
    purpose: Value | None
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a blank may hold: `word` is `at least`, `at most`, `not before` or `not after`."""

    word: str
    content: Content
    text: str

    def allows(self, content: Content) -> bool:
        """Whether a content of the right type keeps within the limit; a period has to be counted in what the limit is,
        or one of them in months and the other in years."""
        if isinstance(content, Period) and isinstance(self.content, Period):
            kind, length = _measured(content)
            limited, most = _measured(self.content)
            return kind == limited and (length >= most if self.word == "at least" else length <= most)
        stated, limit = (each.ratio if isinstance(each, Rate) else each for each in (content, self.content))
        low = self.word in ("at least", "not before")
        return bool(stated >= limit if low else stated <= limit)  # type: ignore[operator]


def _measured(period: Period) -> tuple[object, int]:
    """What a period is counted in, and how many of it."""
    if period.unit is Unit.YEAR:
        return (Unit.MONTH, period.calendar), 12 * period.number
    return (period.unit, period.calendar), period.number


@dataclass(frozen=True, slots=True)
class Blank:
    """A hole in the source; a `required` one must be filled before the deal opens.

    After the opening it is filled when everybody in `filled_by` (empty: every party) has stated the same content.
    One with a `default` holds that from the opening on, unless another content is stated then or later.
    """

    name: str
    type: Type
    required: bool
    filled_by: tuple[str, ...]
    section: str
    span: Span = field(compare=False, repr=False)
    limits: tuple[Limit, ...] = ()
    default: Content | None = None
    default_text: str = ""

    @property
    def bounds(self) -> str:
        """`at least USD 1.00 and at most USD 5.00`, or nothing."""
        return " and ".join(limit.text for limit in self.limits)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A question with its readings, and who must agree to settle it (empty: every party)."""

    name: str
    question: str
    readings: tuple[str, ...]
    settled_by: tuple[str, ...]
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition with a name, of entries of a kind (`subject`) or by itself."""

    name: str
    subject: str
    condition: Condition
    section: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value with a name; of a kind (`subject`), it is worked out for each entry."""

    name: str
    value: Value
    type: Type
    section: str
    span: Span = field(compare=False, repr=False)
    subject: str = ""
