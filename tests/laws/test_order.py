"""Acts of one instant lead to the same, in whatever order the log has them."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dsl.engine import advance
from dsl.events import Acted, Opened
from dsl.state import State
from tests.laws.stories import START, Story, few, read, small, small_terms, tell

TOGETHER = (
    'Seller: present the Claim "C-1" stating Amount as USD 30.00.',
    'Lender: present the Claim "C-2" stating Amount as USD 25.00.',
    'Buyer: sign the Instruction "I-1" stating Payments as USD 20.00 to the Seller.',
    "Seller: take a Pause.",
    "Lender: deposit USD 33.33 into the Fund.",
    "Lender: choose Shared for Account.",
    "Agent: choose Shared for Account.",
    'Seller: give the Notice Of End "N-1" by Mail.',
)
"""Nothing here rests on anything else here. (A freeze does: it would stop the tenth that passes on a deposit.)"""


def meaning(state: State) -> object:
    """What a state says, with entries by their names instead of their numbers."""
    named = {entry.number: entry.name for entry in state.entries}
    norms = {
        (norm.provision, named.get(norm.row or 0, ""), norm.status, norm.since, norm.due, norm.paid, norm.stopped)
        for norm in state.norms.values()
    }
    entries = {(entry.kind, entry.name, entry.fields, entry.at, entry.given) for entry in state.entries}
    return (
        norms,
        entries,
        state.balances,
        state.choices,
        state.terminated,
        {by_name(key, named) for key in state.latches},
    )


def by_name(key: str, named: dict[int, str]) -> str:
    """The key of a latch with the name of its row."""
    provision, _, row = key.rpartition("#")
    return f"{provision}#{named[int(row)] if row else ''}"


@few
@given(
    terms=small_terms,
    orders=st.lists(st.sampled_from(TOGETHER), unique=True).flatmap(
        lambda acts: st.tuples(st.just(acts), st.permutations(acts))
    ),
)
def test_the_order_of_acts_at_one_instant_does_not_matter(
    terms: dict[str, str], orders: tuple[list[str], list[str]]
) -> None:
    agreement = small(terms)
    later = START + timedelta(days=30)
    ends = []

    for order in orders:
        told = tell(Story(agreement, Opened(START), tuple((START, read(agreement, each)) for each in order)))
        assert all(isinstance(answer, Acted) for answer in told.answers)
        ends.append((meaning(told.last), meaning(advance(agreement, told.last, later))))

    assert ends[0] == ends[1]
