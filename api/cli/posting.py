"""What the command about webhooks does: lists them and what is dead, replays it, and ends one."""

from dataclasses import dataclass
from typing import NoReturn

from rich.text import Text

from api.agreements import Unusable
from api.answers import Invalid
from api.cli import dealing
from api.cli.dealing import reader, usable
from api.cli.output import Exit, console, leave, table, write_json
from api.parts import beside_in
from api.settings import Settings
from api.store import Store
from api.webhooks import hooks, outbox

MOST_SHOWN = 100
ENDED_BY_KEEPER = "Who keeps the database has ended it."


@dataclass(frozen=True, slots=True)
class Desk:
    """Which database, and whether the answer is for a program."""

    settings: Settings
    as_json: bool


def list_webhooks(desk: Desk) -> NoReturn:
    """Show all webhooks, with how much waits and is dead."""
    with reader(desk.settings) as service:
        found = [(each, outbox.counts_of(service.store, each.id)) for each in hooks.webhooks_of(service.store)]
    if desk.as_json:
        write_json([_json(each) | {"waiting": n[outbox.WAITING], "dead": n[outbox.DEAD]} for each, n in found])
        leave(Exit.FINE)
    if not found:
        console().print("There are no webhooks.")
        leave(Exit.FINE)
    shown = table("Webhook", "Person", "Deal", "Stream", "To", "Waiting", "Dead", "Ended")
    for each, n in found:
        shown.add_row(
            Text(each.id, "cyan"), Text(each.owner), each.deal[:8], each.stream, Text(each.url),
            str(n[outbox.WAITING]), str(n[outbox.DEAD]), each.ended or "",
        )  # fmt: skip
    console().print(shown)
    leave(Exit.FINE)


def dead_letters(desk: Desk, start: str) -> NoReturn:
    """Show what is dead of a webhook."""
    with reader(desk.settings) as service:
        webhook = _named(service.store, start)
        page = outbox.deliveries_of(service.store, webhook.id, outbox.DEAD, None, MOST_SHOWN)
    if desk.as_json:
        write_json(
            [
                {
                    "id": each.id,
                    "cursor": each.cursor,
                    "made_at": each.made_at.isoformat(),
                    "tries": each.tries,
                    "told": each.told,
                }
                for each in page.deliveries
            ]
        )
        leave(Exit.FINE)
    if not page.deliveries:
        console().print(f"The webhook {webhook.id} has no dead letters.")
        leave(Exit.FINE)
    shown = table("Dead letter", "Since", "Tries", "What the last came to")
    for each in page.deliveries:
        made = f"{each.made_at:%Y-%m-%d %H:%M:%S} UTC"
        shown.add_row(Text(each.id, "cyan"), made, str(each.tries), Text(each.told))
    console().print(shown)
    if page.more:
        console().print(f"These are the newest {MOST_SHOWN}; there are more.")
    leave(Exit.FINE)


def replay(desk: Desk, start: str, only: str | None) -> NoReturn:
    """Send what is dead again."""
    with usable(desk.settings), beside_in(desk.settings) as store:
        webhook = _named(store, start)
        count = outbox.replay(store, None, webhook.id, only, dealing.CLOCK.now())
    if isinstance(count, Invalid):
        told = f"The webhook {webhook.id} has ended: {webhook.ended}" if webhook.ended else " ".join(count.problems)
        raise Unusable(told, "What is dead of one that sends can be sent again: `clausula webhooks WEBHOOK` lists it.")
    if desk.as_json:
        write_json({"webhook": webhook.id, "replayed": count})
    else:
        console().print(f"Sent again within a second by a service that runs: {count}.")
    leave(Exit.FINE)


def end(desk: Desk, start: str) -> NoReturn:
    """Let a webhook send nothing more."""
    with usable(desk.settings), beside_in(desk.settings) as store:
        webhook = _named(store, start)
        outbox.Outbox(store).end(webhook.id, ENDED_BY_KEEPER, dealing.CLOCK.now())
    if desk.as_json:
        write_json({"webhook": webhook.id, "ended": webhook.ended or ENDED_BY_KEEPER})
    else:
        console().print(f"The webhook {webhook.id} sends nothing more.")
    leave(Exit.FINE)


def _named(store: Store, start: str) -> hooks.Webhook:
    """The one webhook whose id begins so."""
    found = [each for each in hooks.webhooks_of(store) if each.id.startswith(start)]
    if len(found) != 1:
        told = f"{len(found)} webhooks begin with" if found else "There is no webhook"
        raise Unusable(f"{told} `{start}`.", "`clausula webhooks` lists them with their ids.")
    return found[0]


def _json(webhook: hooks.Webhook) -> dict[str, object]:
    return {
        "id": webhook.id,
        "person": webhook.owner,
        "deal": webhook.deal,
        "stream": webhook.stream,
        "url": webhook.url,
        "made_at": webhook.made_at.isoformat(),
        "ended": webhook.ended,
    }
