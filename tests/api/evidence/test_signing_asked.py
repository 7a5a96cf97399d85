"""Where every act of a party, or every entry of a kind, has to be signed with a registered key."""

from dataclasses import replace
from pathlib import Path

from api.answers import Accepted, Invalid, Refused
from api.editions import catalogue_of
from tests.api.escrow import OPENING, TEXT, escrow
from tests.api.evidence.signing import RFC_SECRET, code, enrol, signed


def test_a_party_that_must_sign_cannot_act_without(tmp_path: Path) -> None:
    with escrow(tmp_path) as world:
        opened = world.service.open("erin", replace(OPENING, keyed=["Escrow Agent"]), "open")
        assert not isinstance(opened, Invalid)
        world.deal = opened.place.deal  # type: ignore[union-attr]
        enrol(world, "erin", RFC_SECRET)

        for party, every in (("Escrow Agent", True), ("NTSCO", False)):
            assert {each.keyed for each in world.offered(party=party)} == {every}, party
        assert code(world.act("erin", "sign the Funds Escrow Agreement")) == "SIGNATURE_NEEDED"
        assert isinstance(world.act("nina", "sign the Funds Escrow Agreement"), Accepted)
        assert isinstance(signed(world, RFC_SECRET, "sign the Funds Escrow Agreement"), Accepted)
        assert world.service.store.verify(world.deal).sound
        folded = world.service.kernel.replay(
            world.service.store.read.deal(world.deal),  # type: ignore[arg-type]
            world.service.store.read.history(world.deal),
        )
        assert world.service.kernel.read(folded).keyed == ("Escrow Agent",)


CLAIM = 'present the Expense Claim "E-1" stating Amount as USD 100.00 and Cause as "postage"'


def test_an_agreement_can_ask_for_registered_keys(tmp_path: Path) -> None:
    said = '"Expense Claim" means a claim, made by the Escrow Agent,'
    assert said in TEXT
    library = catalogue_of({"funds_escrow": TEXT.replace(said, f"{said} each with a registered key,")})
    with escrow(tmp_path, library=library) as world:
        world.open()
        enrol(world, "erin", RFC_SECRET)

        without = world.act("erin", CLAIM)
        boasting = world.act("erin", CLAIM, party="Escrow Agent, with a registered key")
        offered = [each for each in world.offered(party="Escrow Agent") if each.subject == "Expense Claim"]
        with_key = signed(world, RFC_SECRET, CLAIM)

        assert isinstance(without, Refused)
        assert without.summary == "An Expense Claim is made with a registered key, and this act is signed with none."
        assert isinstance(boasting, Invalid)
        assert [(each.allowed, each.keyed) for each in offered] == [(True, True)]
        assert isinstance(with_key, Accepted)
        assert world.service.store.verify(world.deal).sound
