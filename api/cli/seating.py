"""A seat that is given or revoked from the terminal; where a service holds the database, what to ask it instead."""

import json
import secrets
import shlex
from zoneinfo import ZoneInfo

from api.cli.dealing import Desk, InUse, answered, number_in, number_of, reading_in, writer
from api.files import Unusable
from api.service import SeatAsk

SEAT_FIRST = (
    "mutation ($deal: ID!, $party: String!, $person: String!, $key: String!) { seatFirst(dealId: $deal, party: $party, "
    "person: $person, idempotencyKey: $key) { __typename ... on Seated { recordedAt } ... on Invalid { problems } } }"
)


def seat(desk: Desk, deal: str, party: str, person: str, revoke: bool, operator: bool, key: str) -> None:
    """Seat somebody for a party, or revoke a seat."""
    key = key or secrets.token_hex(16)
    try:
        with writer(desk.settings) as service:
            number = number_in(service, deal) if operator else reading_in(service, desk.person, deal).deal.id
            answer = service.seat(desk.person, SeatAsk(number, party, person, not revoke, operator), key)
    except InUse as error:
        if not operator or revoke:
            raise
        number = number_of(desk.settings, deal)
        command = _by_the_service(desk, {"deal": number, "party": party, "person": person, "key": key})
        found = f"{error.found}\nIf that is a service, it gives the seat itself:\n\n{command}\n"
        advice = f"{desk.settings.url} is where it answers if nothing else was set. Or stop it, and ask this again."
        raise Unusable(found, advice) from error
    answered(answer, ZoneInfo("UTC"), desk.as_json)


def _by_the_service(desk: Desk, given: dict[str, str]) -> str:
    """The request to a service that runs, for a shell; the token is made as it is sent."""
    database = shlex.quote(str(desk.settings.database))
    token = f"clausula token {shlex.quote(desk.person)} --operator --days 1 --database {database}"
    body = shlex.quote(json.dumps({"query": SEAT_FIRST, "variables": given}, ensure_ascii=False))
    return (
        f'curl {desk.settings.url} -H "Authorization: Bearer $({token})" -H "Content-Type: application/json" -d {body}'
    )
