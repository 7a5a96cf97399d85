"""The syntax of scenarios and of single attempts: the same acts and conditions, with dates."""

from dataclasses import dataclass

from dsl.syntax.common import Name, Names, Node, Section, Sections, Text
from dsl.syntax.conditions import Condition
from dsl.syntax.literals import InstantLiteral, MoneyLiteral, QuantityLiteral
from dsl.syntax.provisions import Account, Act
from dsl.syntax.values import AnchorName, Content, Entry, FieldValue

# ------------------------------------------------------------------- deeds


@dataclass(frozen=True, slots=True)
class ByChannel(Node):
    """`by Telecopy with a copy by Courier`."""

    channel: Name
    copy: Name | None


@dataclass(frozen=True, slots=True)
class MakeDeed(Node):
    """`sign the Joint Instruction "JI-1" stating ...`."""

    verb: str
    kind: Name
    name: Text | None
    about: AnchorName | Entry | None
    to: Names | None
    channel: ByChannel | None
    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class NamedDeed(Node):
    """`withdraw "JI-1"`, `deliver "JI-1" to the Escrow Agent`."""

    verb: str
    name: Text
    to: Names | None


@dataclass(frozen=True, slots=True)
class ReleaseDeed(Node):
    """`release the Escrow Fund according to "JI-1"`."""

    verb: str
    fund: Name
    plan: AnchorName


@dataclass(frozen=True, slots=True)
class PayDeed(Node):
    """`pay USD 1,500.00 to the Escrow Agent about "E-1"`."""

    verb: str
    amount: MoneyLiteral | QuantityLiteral
    to: Name | Text | None
    account: Account | None
    about: AnchorName | Entry | None


@dataclass(frozen=True, slots=True)
class DepositDeed(Node):
    """`deposit USD 12,000,000.00 into the Escrow Fund`, `deposit USD 5.00 with the Court from the Escrow Fund`."""

    amount: MoneyLiteral | QuantityLiteral
    place: str
    name: Name
    fund: Name | None
    about: AnchorName | Entry | None


@dataclass(frozen=True, slots=True)
class HoldDeed(Node):
    """`hold the Escrow Fund`, `hold USD 5.00 in the Escrow Fund about "C-1"`."""

    fund: Name
    amount: MoneyLiteral | QuantityLiteral | None
    about: AnchorName | None


@dataclass(frozen=True, slots=True)
class LiftDeed(Node):
    """`lift the hold in the Escrow Fund about "C-1"`."""

    fund: Name
    about: AnchorName | None


@dataclass(frozen=True, slots=True)
class FillDeed(Node):
    """`fill the Agent's Fee with USD 10,000.00`."""

    blank: Name
    content: Content


@dataclass(frozen=True, slots=True)
class ChooseDeed(Node):
    """`choose No Interest for Interest`."""

    reading: Name
    ambiguity: Name


@dataclass(frozen=True, slots=True)
class AssertDeed(Node):
    """`assert breach of section 2.3`."""

    section: Section


Deed = (
    MakeDeed
    | NamedDeed
    | ReleaseDeed
    | PayDeed
    | DepositDeed
    | HoldDeed
    | LiftDeed
    | FillDeed
    | ChooseDeed
    | AssertDeed
)


@dataclass(frozen=True, slots=True)
class ByKey(Node):
    """`with a registered key`: the person has signed this act with a key of their own."""


@dataclass(frozen=True, slots=True)
class Attempt(Node):
    """`ATG: sign the Documents.`, `ATG by David Grin, with a registered key: ...`; `under section 4.1(d)` says which
    way is used."""

    actor: Name | Text
    agent: Name | Text | None
    key: ByKey | None
    deed: Deed
    under: Section | None = None


@dataclass(frozen=True, slots=True)
class Question(Node):
    """A condition asked by itself."""

    condition: Condition


# ------------------------------------------------------------------- steps


@dataclass(frozen=True, slots=True)
class Continuing(Node):
    """`continuing "Closing" until 11:20 on 6 September 2005`."""

    scenario: Text
    until: InstantLiteral | None


@dataclass(frozen=True, slots=True)
class OpeningStep(Node):
    """`Open at 10:00 on 1 September 2005 with Agreement Date as 1 September 2005.`"""

    at: InstantLiteral
    blanks: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class ActStep(Node):
    """A dated act, perhaps recorded later than it happened."""

    at: InstantLiteral
    recorded: InstantLiteral | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class TimeStep(Node):
    """`At ..., nothing happens.`"""

    at: InstantLiteral


@dataclass(frozen=True, slots=True)
class ExpectRefused(Node):
    """`Expect refused because section 3.1(a)(iv) saying "..."`."""

    sections: Sections | None
    saying: Text | None


@dataclass(frozen=True, slots=True)
class ExpectInvalid(Node):
    """`Expect invalid saying "..."`: the attempt says something the agreement does not know."""

    saying: Text | None


@dataclass(frozen=True, slots=True)
class ExpectMay(Node):
    """`Expect the Escrow Agent may hold the Escrow Fund under section 4.2(a)(i)`."""

    actor: Name | Text
    act: Act
    section: Section | None


@dataclass(frozen=True, slots=True)
class ExpectMayNot(Node):
    """`Expect the Escrow Agent may not release ... because section 4.2(a)(i)`."""

    actor: Name | Text
    act: Act
    section: Section | None


@dataclass(frozen=True, slots=True)
class ExpectTruth(Node):
    """`Expect CONDITION`, `Expect pending, CONDITION`, `Expect open, ...`, `Expect false, ...`."""

    truth: str | None
    condition: Condition


@dataclass(frozen=True, slots=True)
class ExpectDivergence(Node):
    """`Expect divergence under section 3.1(a)`."""

    section: Section


@dataclass(frozen=True, slots=True)
class ExpectSays(Node):
    """`Expect explanation of section 3.1(a) says "..."`."""

    section: Section
    text: Text


Expected = ExpectRefused | ExpectInvalid | ExpectMay | ExpectMayNot | ExpectTruth | ExpectDivergence | ExpectSays


@dataclass(frozen=True, slots=True)
class Expectation(Node):
    """What must be seen after the step before, perhaps as known at an earlier time."""

    expected: Expected
    known_at: InstantLiteral | None


Step = OpeningStep | ActStep | TimeStep | Expectation


@dataclass(frozen=True, slots=True)
class Scenario(Node):
    """A named run of steps, perhaps continuing another, citing the sections it exercises."""

    name: Text
    continuing: Continuing | None
    citing: Sections | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ScenarioFile(Node):
    """All scenarios of one file."""

    scenarios: tuple[Scenario, ...]
