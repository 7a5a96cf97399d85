"""Webhooks: each thing that comes is put into the outbox once, and sent, signed, until it arrives or is dead."""

import base64
import hashlib
import hmac
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.answers import Invalid
from api.schema import make_schema
from api.service import SeatAsk
from api.webhooks import hooks, outbox
from api.webhooks.drawing import NoSubscription, stream_of
from api.webhooks.outbox import DEAD, DELIVERED, TRIES, WAITING, Outbox, pause_after
from api.webhooks.sending import NoAnswer, Reply
from api.webhooks.signing import Unreadable, Vault, headers
from tests.api.posting import ENTRIES, KEY, OPENED, Receiver, Sent, post
from tests.api.store_ledger import Where

STATE = "subscription ($dealId: ID!) { dealState(dealId: $dealId) { cause at deal { version } } }"
PART = "subscription ($dealId: ID!) { myPart(dealId: $dealId) { changed version } }"
LATE = datetime(2024, 6, 4, 4, tzinfo=UTC)
"""The price of the bicycle is due by 3 June 2024: from midnight in New York, 04:00 UTC on the 4th, it is overdue."""


# ------------------------------------------------------------------ what is sent


def test_what_comes_on_a_subscription_is_sent_once_and_in_its_order(db: Where) -> None:
    with post(db) as here:
        here.act("before", "deposit USD 1.00 into the Fund")
        made = here.webhook()
        assert here.round() == []
        for n in range(3):
            here.act(f"key-{n}")

        sent = [*here.round(), *here.round()]

        assert [each.told["data"]["dealEvents"]["version"] for each in sent] == ["3", "4", "5"]
        assert [each.told["cursor"] for each in sent] == ["3", "4", "5"]
        assert {(each.told["type"], each.told["dealId"]) for each in sent} == {("dealEvents", here.deal)}
        assert [each.status for each in here.deliveries(made)] == [DELIVERED] * 3
        assert len({each.id for each in sent}) == 3


def test_a_deadline_that_passes_is_sent_although_nobody_acts(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        here.webhook(document=STATE)
        here.webhook("carl", document=PART)
        assert here.round() == []
        here.clock.set(LATE - timedelta(microseconds=1))
        assert here.round() == []

        here.clock.set(LATE + timedelta(hours=7))
        sent = here.round()

        (state,) = [each.told["data"]["dealState"] for each in sent if each.told["type"] == "dealState"]
        assert state == {"cause": "TIME", "at": "2024-06-04T04:00:00Z", "deal": {"version": "1"}}
        assert here.round() == []


def test_one_begins_where_one_wants_to(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        here.act("one")
        here.webhook(after="0")

        assert [each.told["cursor"] for each in here.round()] == ["1", "2"]


def test_who_has_read_what_has_the_webhook_on_record(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        made = here.webhook("carl")
        here.act("one")
        here.round()
        journal = here.service.access.journal
        journal.flush()

        (line,) = journal.lines(here.deal, None, 10).lines

    assert (line.person, line.request, line.fields) == (
        "carl",
        f"webhook-{made.webhook.id}",
        "dealEvents { version kind }",
    )


# ------------------------------------------------------------------ how it is signed


def test_a_signature_is_that_of_the_specification() -> None:
    """The example that the libraries of Standard Webhooks are tested with."""
    at = datetime.fromtimestamp(1614265330, UTC)

    made = headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}'
    )

    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def verified(sent: Sent, secret: str) -> bool:
    """Whether a receiver with this secret believes what was sent."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{sent.id}.{sent.headers['webhook-timestamp']}.".encode() + sent.body
    wanted = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return sent.headers["webhook-signature"] == f"v1,{wanted}"


def test_what_is_sent_is_signed_with_the_secret_and_with_a_new_one_once_there_is_one(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        made = here.webhook()
        here.act("one")
        (first,) = here.round()
        again = hooks.renew(here.store, Vault(KEY), "ada", made.webhook.id)
        assert isinstance(again, hooks.Made)
        here.clock.advance(timedelta(hours=1))
        here.act("two")
        (second,) = here.round()

    assert (verified(first, made.secret), verified(first, again.secret)) == (True, False)
    assert (verified(second, made.secret), verified(second, again.secret)) == (False, True)
    assert first.headers["webhook-timestamp"] == str(int(OPENED.timestamp()))
    assert second.headers["webhook-timestamp"] == str(int(OPENED.timestamp()) + 3600)


def test_a_secret_is_nowhere_in_the_database_and_of_no_use_elsewhere(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        made = here.webhook()
    with sqlite3.connect(tmp_path / "db") as base:
        ((kept,),) = base.execute("SELECT secret FROM webhook").fetchall()
        everything = "\n".join(base.iterdump())

    assert made.secret.removeprefix("whsec_") not in everything
    assert base64.b64decode(made.secret.removeprefix("whsec_")) not in base64.b64decode(kept)
    assert Vault(KEY).open(made.webhook.id, kept) == made.secret
    mine = made.webhook.id
    for vault, webhook, text in (
        (Vault(bytes(32)), mine, kept), (Vault(KEY), "another", kept), (Vault(KEY), mine, ""), (Vault(KEY), mine, "?"),
    ):  # fmt: skip
        with pytest.raises(Unreadable):
            vault.open(webhook, text)


# ------------------------------------------------------------------ until it arrives


def test_what_does_not_arrive_is_tried_again_later_and_later_and_is_dead_in_the_end(tmp_path: Path) -> None:
    """5 seconds, then four times as long each time and 12 hours at most, with up to a tenth more; ten tries."""
    wanted = [5, 20, 80, 320, 1280, 5120, 20480, 43200, 43200]
    assert [pause_after(n).total_seconds() for n in range(1, TRIES)] == wanted
    with post(tmp_path / "db") as here:
        made = here.webhook()
        here.act("one")
        here.receiver.replies = [Reply(500), NoAnswer("no connection"), *[Reply(302)] * 8]
        told = []
        for nth in range(TRIES):
            (sent,) = here.round()
            (found,) = here.deliveries(made)
            told.append(found.told)
            assert (sent.id, found.tries) == (found.id, nth + 1)
            if nth < TRIES - 1:
                pause = (found.due - here.clock.now()).total_seconds()
                assert wanted[nth] <= pause <= wanted[nth] * 1.1
                here.clock.set(found.due - timedelta(microseconds=1))
                assert here.round() == []
                here.clock.set(found.due)
        here.clock.advance(timedelta(days=30))

        assert here.round() == []
        (dead,) = here.deliveries(made, DEAD)
        assert (dead.status, dead.settled_at is not None) == (DEAD, True)
        assert told[:3] == ["Answered 500.", "Sent: no connection.", "Answered 302."]


def test_a_dead_letter_is_sent_again_under_its_id_when_somebody_wants_it(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        made = here.webhook()
        here.act("one")
        here.act("two")
        here.receiver.replies = [Reply(500) for _ in range(2 * TRIES)]
        while here.deliveries(made, WAITING) or not here.deliveries(made):
            here.round()
            here.clock.advance(timedelta(hours=14))
        first, second = here.deliveries(made, DEAD)

        for owner, id, only in (
            ("carl", made.webhook.id, None),
            ("ada", "no such", None),
            ("ada", made.webhook.id, "x"),
        ):
            assert isinstance(outbox.replay(here.store, owner, id, only, here.clock.now()), Invalid)
        assert here.round() == []
        assert outbox.replay(here.store, "ada", made.webhook.id, first.id, here.clock.now()) == 1
        assert [each.id for each in here.round()] == [first.id]
        assert outbox.replay(here.store, None, made.webhook.id, None, here.clock.now()) == 1
        assert [each.id for each in here.round()] == [second.id]
        assert [each.status for each in here.deliveries(made)] == [DELIVERED] * 2


@pytest.mark.parametrize(("asked", "seconds"), [(1, 5), (600, 600), (999_999, 43_200)])
def test_a_receiver_says_when_to_come_again_within_reason(tmp_path: Path, asked: int, seconds: int) -> None:
    with post(tmp_path / "db") as here:
        made = here.webhook()
        here.act("one")
        here.receiver.replies = [Reply(429, asked)]
        here.round()

        (found,) = here.deliveries(made)

        assert seconds <= (found.due - here.clock.now()).total_seconds() <= max(seconds, 5.5)


def test_a_receiver_that_is_away_holds_no_other_up(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        here.webhook(url="https://away.example/")
        here.webhook("carl", url="https://there.example/")
        for n in range(3):
            here.act(f"key-{n}")

        here.receiver.hosts["away.example"] = Reply(503)
        sent = here.round()

    assert [each.told["cursor"] for each in sent if each.target.host == "there.example"] == ["2", "3", "4"]


# ------------------------------------------------------------------ many processes


def test_two_processes_put_and_send_each_thing_once(db: Where) -> None:
    """Both look at the same time, over and over, while somebody acts."""
    with post(db) as here:
        made = here.webhook()
        receivers, stop = [Receiver(), Receiver()], threading.Event()

        def work(receiver: Receiver) -> None:
            while not stop.is_set():
                here.round(receiver)
            here.round(receiver)

        with ThreadPoolExecutor(2) as processes:
            running = [processes.submit(work, each) for each in receivers]
            for n in range(8):
                here.act(f"key-{n}")
            stop.set()
            for each in running:
                each.result(timeout=60)

        sent = [each.id for receiver in receivers for each in receiver.seen]
        assert [each.cursor for each in here.deliveries(made)] == [str(n) for n in range(2, 10)]
        assert sorted(sent) == sorted(each.id for each in here.deliveries(made))


def test_another_node_goes_on_where_this_one_stopped(server: str) -> None:
    with post(server) as here:
        made = here.webhook()
        here.act("one")
        with post(server, here.clock, here.deal) as there:
            box = Outbox(there.store)
            here.round(Receiver([Reply(500)]))
            assert box.claim(here.clock.now()) == ()
            here.clock.advance(timedelta(seconds=6))
            (claimed,) = box.claim(here.clock.now())  # there it is claimed, and that node dies

            assert here.round() == []
            here.clock.advance(outbox.LEASE)
            (sent,) = here.round()
            box.failed(claimed, "what a node that was believed dead says late", here.clock.now())

        assert sent.id == claimed.delivery.id
        (found,) = here.deliveries(made)
        assert (found.status, found.told) == (DELIVERED, "Answered 200.")


def test_a_process_that_dies_before_it_has_put_anything_loses_nothing(tmp_path: Path) -> None:
    clock = None
    with post(tmp_path / "db") as here:
        here.webhook()
        here.act("one")
        clock, deal = here.clock, here.deal

    with post(tmp_path / "db", clock, deal) as again:
        assert [each.told["cursor"] for each in again.round()] == ["2"]


# ------------------------------------------------------------------ when it ends


def test_it_ends_with_the_seat_and_nothing_more_is_told(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        here.service.seat("carl", SeatAsk(here.deal, "Seller", "cora", True), "come")
        made = here.webhook("cora")
        here.act("one")
        here.receiver.replies = [Reply(500)]
        assert len(here.round()) == 1
        here.service.seat("carl", SeatAsk(here.deal, "Seller", "cora", False), "leave")
        here.clock.advance(timedelta(hours=1))

        assert here.round() == []
        assert here.ended(made) == "Its owner has no seat in the deal any more, or the deal has moved."
        assert [each.status for each in here.deliveries(made)] == [DEAD]
        assert isinstance(outbox.replay(here.store, "cora", made.webhook.id, None, here.clock.now()), Invalid)


def test_it_ends_with_all_that_its_owner_was_issued(tmp_path: Path) -> None:
    """Whoever had a stolen token could have made it."""
    with post(tmp_path / "db") as here:
        made, other = here.webhook("carl"), here.webhook("ada")
        here.clock.advance(timedelta(seconds=1))
        here.service.access.revoke_person("carl")
        here.clock.advance(timedelta(seconds=1))
        later = here.webhook("carl")
        here.act("one")

        assert len(here.round()) == 2
        assert here.ended(made) == "All that its owner was issued was revoked."
        assert (here.ended(other), here.ended(later)) == (None, None)


def test_its_owner_and_its_receiver_end_it(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        made, gone = here.webhook(url="https://busy.example/"), here.webhook("carl", url="https://gone.example/")
        here.receiver.hosts = {"busy.example": Reply(500), "gone.example": Reply(410)}
        here.act("one")
        assert len(here.round()) == 2

        assert isinstance(hooks.end(here.store, "carl", made.webhook.id, here.clock.now()), Invalid)
        done = hooks.end(here.store, "ada", made.webhook.id, here.clock.now())

        assert isinstance(done, hooks.Webhook)
        ends = [here.ended(each) for each in (made, gone)]
        assert ends == ["Its owner has ended it.", "Its receiver wants nothing more (410)."]
        assert {each.status for both in (made, gone) for each in here.deliveries(both)} == {DEAD}
        here.act("two")
        assert here.round() == []


def test_a_database_that_was_put_back_ends_it_rather_than_leave_something_out(tmp_path: Path) -> None:
    with post(tmp_path / "db") as here:
        made = here.webhook(after="7")
        here.round()

        assert here.ended(made) == "The database was put back to a day before what was sent last. Make a new one."


def test_a_person_has_so_many_in_a_deal_and_what_was_delivered_is_kept_for_a_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "MOST", 1)
    with post(tmp_path / "db") as here:
        made = here.webhook()
        wanted = hooks.Wanted("ada", here.deal, "https://a.example/", "dealEvents", ENTRIES, "1")
        refused = hooks.make(here.store, Vault(KEY), wanted, here.clock.now())
        assert isinstance(refused, Invalid)
        assert refused.code == "TOO_MUCH"
        here.act("one")
        here.round()

        for later, left in ((timedelta(days=30) - timedelta(seconds=1), 1), (timedelta(seconds=1), 0)):
            here.clock.advance(later)
            Outbox(here.store).forget(here.clock.now())
            assert len(here.deliveries(made)) == left


# ------------------------------------------------------------------ what can be stored


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{ me { id } }", "one subscription"),
        ("nonsense", "Syntax Error"),
        ("subscription { nothing }", "Cannot query field 'nothing'"),
        ('subscription { dealEvents(dealId: "other") { version } }', "it is about the deal of the webhook"),
        ("subscription { myEvents { dealId } }", "it is about the deal of the webhook"),
        ("subscription ($d: ID!) { dealEvents(dealId: $d) { version } }", "$dealId is given, and $d is not"),
        ("subscription S { dealEvents(dealId: 1) { version } } query Q { me { id } }", "one subscription"),
        ("subscription ($dealId: ID!) { ...F } fragment F on Subscription { dealEvents(dealId: $dealId) { version } }",
         "not in a fragment"),
        ("x" * 20_001, "20001 characters"),
    ],
)  # fmt: skip
def test_what_is_no_subscription_of_the_deal_is_not_stored(document: str, told: str) -> None:
    with pytest.raises(NoSubscription, match=told.replace("$", r"\$")):
        stream_of(make_schema()._schema, document, "the deal")


def test_a_subscription_may_name_the_deal_itself() -> None:
    document = 'subscription S($n: Sequence! = "3") { dealEvents(dealId: "it", after: $n) { version } }'

    assert stream_of(make_schema()._schema, document, "it") == "dealEvents"
