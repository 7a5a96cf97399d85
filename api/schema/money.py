"""Funds, payments and caps."""

import strawberry

from api.schema.nodes import Node, is_named
from api.schema.scalars import Instant, Money


@strawberry.type(description="Money that a party holds, kept apart by what it is for.")
class Fund:
    """Shows a `dsl.views.FundView`."""

    name: str
    holder: str
    section: str
    purpose: Money | None = strawberry.field(description="The amount it is for; what comes beyond is excess.")
    balance: Money | None = strawberry.field(description="What it holds; null where readings differ (`undecided`).")
    excess: Money | None = strawberry.field(description="What came beyond its purpose; null where readings differ.")
    interest: Money | None = strawberry.field(description="Its interest; null where readings differ.")
    deposited: Money | None = strawberry.field(description="All that came in; null where readings differ.")
    paid_out: Money | None = strawberry.field(description="All that went out; null where readings differ.")


@strawberry.type(description="All that one payee got.")
class Paid:
    """Shows a `dsl.views.PaidView`."""

    payee: str
    total: Money | None = strawberry.field(description="Null where readings differ (`undecided`).")


@strawberry.type(description="Money that moved, and the section it moved under.")
class Movement(Node):
    """Shows a `dsl.views.MovementView`."""

    number: int
    at: Instant
    verb: str
    source: str = strawberry.field(description="A party, or a purpose of a fund: `Escrow Fund/balance`.")
    target: str
    amount: Money
    section: str
    about: str = strawberry.field(description="The entry it was about; empty where it was about none.")

    is_type_of = staticmethod(is_named("Movement"))


@strawberry.type(description="A limit on payments; the amounts are null while they are not known.")
class Cap:
    """Shows a `dsl.views.CapView`."""

    section: str
    sections: list[str] = strawberry.field(description="The sections whose payments count.")
    text: str
    limit: Money | None
    used: Money | None = strawberry.field(description="Null where readings differ.")
    remainder: Money | None
    excess: Money | None = strawberry.field(description="What is owed beyond the limit and will not be paid.")
