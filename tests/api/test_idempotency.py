"""What an idempotency key is good for: one request of a person in a deal."""

from pathlib import Path

from api.answers import Accepted, Conflict, Invalid, Refused
from tests.api.escrow import World, escrow


def test_the_scope_of_a_key_is_a_person_and_a_deal_as_documented(tmp_path: Path) -> None:
    """docs/operations.md, "Idempotency keys": what is the same key, what is another, and what has not used its key."""
    with escrow(tmp_path) as world:
        world.open()
        requests_in_two_deals(world)


def requests_in_two_deals(world: World) -> None:
    reused = Invalid("KEY_REUSED", ("This idempotency key was used before, for something else.",))
    one = world.deal
    signed = world.act("andy", "sign the Documents", key="k")
    refused = world.act("erin", "take a Hold", key="open")
    other = world.open("another")
    elsewhere = world.act("andy", "sign the Documents", key="k")
    other_body = world.act("andy", "sign the Warrant", key="k")
    of_the_first = world.act("erin", "take a Hold", key="open")
    of_this = world.act("erin", "take a Hold", key="another")
    missed = world.act("paul", "sign the Documents", key="late", expected_version=1)
    in_time = world.act("paul", "sign the Documents", key="late")

    assert one != other
    assert refused == of_this == other_body == reused
    assert isinstance(signed, Accepted)
    assert isinstance(elsewhere, Accepted)
    assert isinstance(of_the_first, Refused)
    assert [each.place.deal for each in (signed, elsewhere) if each.place] == [one, other]
    assert isinstance(missed, Conflict)
    assert isinstance(in_time, Accepted)
    world.deal = one
    assert world.act("andy", "sign the Documents", key="k") == signed
    assert len(world.service.store.read.history(one)) == 2
