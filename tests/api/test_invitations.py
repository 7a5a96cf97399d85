"""An invitation seats one person, for one party, in the name of who invited, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from api.auth import Tokens
from api.invitations import invited, read_invitation
from tests.api.escrow import TEN, Site, World, succeed

INVITE = """mutation ($d: ID!, $party: String!, $days: Int! = 7) { invite(dealId: $d, party: $party, days: $days) {
  __typename ... on Invitation { text party until } ... on Invalid { code }
} }"""
ACCEPT = """mutation ($text: String!) { acceptInvitation(text: $text) {
  __typename ... on Accepted { act party version seal } ... on Invalid { code problems }
} }"""


def invite(web: Site, deal: str, person: str, party: str, **more: Any) -> Any:
    return web.data(INVITE, person, d=deal, party=party, **more)["invite"]


def accept(web: Site, person: str, text: str) -> Any:
    return web.data(ACCEPT, person, text=text)["acceptInvitation"]


def test_who_accepts_an_invitation_first_is_seated_by_an_entry_of_the_log(web: Site) -> None:
    deal = web.open()
    text = invite(web, deal, "andy", "ATG")["text"]

    first, again, other = accept(web, "zoe", text), accept(web, "zoe", text), accept(web, "olga", text)

    assert (first["__typename"], first["act"], first["version"]) == ("Accepted", "seat zoe for ATG", "2")
    assert again == first
    assert other["code"] == "NO_SUCH_INVITATION"
    assert web.act(deal, "zoe", "sign the Documents", party="ATG")["__typename"] == "Accepted"
    query = "query ($d: ID!) { timeline(dealId: $d, last: 2) { edges { node { person act } } } }"
    entry = web.data(query, d=deal)["timeline"]["edges"][0]["node"]
    assert entry == {"person": "andy", "act": "seat zoe for ATG"}


def test_nobody_invites_to_a_seat_of_others(web: Site) -> None:
    deal = web.open()

    assert invite(web, deal, "nina", "ATG")["code"] == "NOT_YOUR_PARTY"
    assert invite(web, deal, "zoe", "ATG")["code"] == "NO_SUCH_DEAL"
    assert invite(web, "f" * 32, "zoe", "ATG")["code"] == "NO_SUCH_DEAL"
    assert web.code(INVITE, None, d=deal, party="ATG") == "UNAUTHENTICATED"
    assert web.code(ACCEPT, None, text="x") == "UNAUTHENTICATED"


def test_an_invitation_ends(web: Site) -> None:
    deal = web.open()
    made = invite(web, deal, "andy", "ATG", days=2)
    web.clock.advance(timedelta(days=2))

    assert made["until"] == "2005-09-03T14:00:00Z"
    assert accept(web, "zoe", made["text"])["code"] == "NO_SUCH_INVITATION"
    assert invite(web, deal, "andy", "ATG", days=0)["code"] == "NOT_UNDERSTOOD"
    assert invite(web, deal, "andy", "ATG", days=31)["code"] == "NOT_UNDERSTOOD"


def test_who_acts_no_more_has_invited_nobody(web: Site) -> None:
    deal = web.open()
    text = invite(web, deal, "petra", "Purchaser")["text"]
    revoke = """mutation ($d: ID!) { seat(dealId: $d, party: "Purchaser", person: "petra", acts: false,
      idempotencyKey: "out") { __typename } }"""
    web.data(revoke, "paul", d=deal)

    assert accept(web, "zoe", text)["code"] in ("NO_SUCH_DEAL", "NOT_YOUR_PARTY")
    assert web.data("{ deals { edges { cursor } } }", "zoe") == {"deals": {"edges": []}}


def test_a_role_that_was_filled_anew_is_not_entered_by_an_old_invitation(web: Site) -> None:
    world = World(web.app.state.service, web.clock)
    deal = world.open()
    text = invite(web, deal, "erin", "Escrow Agent", days=30)["text"]
    succeed(world)

    assert accept(web, "zoe", text)["code"] == "NOT_YOUR_PARTY"


CHANGES = (lambda text: text[:-2], lambda text: f"A{text[1:]}", lambda text: text.partition(".")[0], lambda _: "")


@pytest.mark.parametrize("change", CHANGES)
def test_a_text_that_was_changed_is_no_invitation(web: Site, change: Any) -> None:
    text = invite(web, web.open(), "andy", "ATG")["text"]

    assert accept(web, "zoe", change(text))["code"] == "NO_SUCH_INVITATION"
    assert accept(web, "zoe", "é" * 10)["code"] == "NO_SUCH_INVITATION"


def test_an_invitation_of_another_service_is_none() -> None:
    ours, theirs = Tokens(b"a" * 32), Tokens(b"b" * 32)
    text = invited(theirs, "d" * 32, "ATG", "andy", TEN + timedelta(days=1))

    assert read_invitation(ours, text, TEN) is None
    found = read_invitation(Tokens(b"a" * 32, (b"b" * 32,)), text, TEN)
    assert found is not None
    assert (found.party, found.inviter) == ("ATG", "andy")
