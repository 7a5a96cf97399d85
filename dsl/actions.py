"""What people try to do: a closed union of attempts, and the one answer that is no refusal but a malformed one.

Names of entries, parties and funds are the deal's own; amounts are integers of minor units with their currency.
An act on a list of documents (`sign the Documents`) is one attempt that concerns each member.
"""

from dataclasses import dataclass

from dsl.money import Quantity
from dsl.terms.contents import Content
from dsl.terms.values import Selection

Fields = tuple[tuple[str, Content], ...]


@dataclass(frozen=True, slots=True)
class Make:
    """Make an entry that needs no signature: a notice, statement, finding, claim or act."""

    kind: str
    name: str = ""
    fields: Fields = ()
    about: str = ""
    to: tuple[str, ...] = ()
    channel: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign an entry of a signed kind, or each of a list; `fields` None signs the content that is there."""

    kind: str
    name: str = ""
    fields: Fields | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand over what has been signed so far; `kind` may be empty when the name says enough."""

    kind: str
    name: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take an entry back before it has taken effect."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Pay out of a fund according to the plan that an entry states."""

    verb: str
    fund: str
    plan: str


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay an amount: out of a fund, or (no fund) from one's own pocket; `about` names the entry it answers.

    `part` is the part of the fund it leaves, `balance`, `excess` or `interest`; empty for the one that is allowed.
    """

    verb: str
    amount: Quantity
    to: str = ""
    fund: str = ""
    about: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Pay into a fund; the verb `credit` credits interest; `about` names the entry that it is for."""

    amount: Quantity
    fund: str
    verb: str = "deposit"
    about: str = ""


@dataclass(frozen=True, slots=True)
class DepositWith:
    """Hand money of a fund to a court or another outsider; `about` names the entry that it is for."""

    amount: Quantity
    place: str
    fund: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class HoldFund:
    """Hold a fund, refraining from any other act on it; or an amount in it, for the entry that `about` names; or lift
    such a hold."""

    fund: str
    amount: Quantity | None = None
    about: str = ""
    lifts: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """State the content of a blank."""

    blank: str
    content: Content


@dataclass(frozen=True, slots=True)
class Choose:
    """Settle an ambiguity on one of its readings."""

    ambiguity: str
    reading: str


@dataclass(frozen=True, slots=True)
class AssertBreach:
    """Say that a duty of a section is breached; only a person can say so where time is vague."""

    section: str


Action = (
    Make | Sign | Deliver | Withdraw | Release | Pay | Deposit | DepositWith | HoldFund | Fill | Choose | AssertBreach
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody (a party, or a person) tries to do something; `under` is the section relied on, if one is named.

    `by` is the person who acts for the actor, if that is said; one whom the agreement does not name keeps the quotation
    marks. `also` are further acts that stand or fall with `action`. `every` are the entries that the act is about,
    until each of them is named, which is before anything is judged or recorded. `keyed` says that the person has signed
    the act with a key that is registered as theirs; whoever puts the attempt has checked that.
    """

    actor: str
    action: Action
    under: str = ""
    by: str = ""
    also: tuple[Make | Pay | Deposit | DepositWith, ...] = ()
    every: Selection | None = None
    keyed: bool = False

    @property
    def acts(self) -> tuple[Action, ...]:
        """Everything that is tried: one act, or several that stand or fall together."""
        return (self.action, *self.also)
