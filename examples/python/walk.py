"""The first steps of the funds escrow against a live server: URL and TOKEN are taken from the environment."""

import asyncio
import os
import secrets
import sys
from contextlib import aclosing

from client import Client

PARTIES = ("NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent", "David Grin")
OPEN = """
mutation Open($roles: [RoleInput!]!, $blanks: [FieldInput!], $key: String!) {
  openDeal(agreement: "funds_escrow", roles: $roles, blanks: $blanks, idempotencyKey: $key) {
    __typename
    ... on Opened { dealId }
    ... on Invalid { code problems }
  }
}
"""
STANDS = "query Stands($deal: ID!) { deal(id: $deal) { version funds { name balance { text } } } }"


async def walk(url: str, token: str, person: str) -> None:
    """Open a deal, do three things of which one is refused, and read the log as a stream."""
    async with Client(url, token) as client:
        opened = await client.ask(
            OPEN,
            roles=[{"party": party, "persons": [person]} for party in PARTIES],
            blanks=[{"name": "Agreement Date", "value": "2005-09-01"}, {"name": "Agent's Fee", "value": "25000.00"}],
            key=secrets.token_hex(16),
        )
        deal = opened["openDeal"]["dealId"]

        for party, act in (
            ("Purchaser", "sign the Documents"),
            ("ATG", {"deposit": {"amount": "USD 12,000,000.00", "fund": "Escrow Fund"}}),
            ("Purchaser", {"deposit": {"amount": "USD 12,000,000.00", "fund": "Escrow Fund"}}),
        ):
            answer = await client.submit(deal, party, act)
            print(answer["__typename"], answer["section"], answer["act"], answer.get("summary", ""))

        stands = (await client.ask(STANDS, deal=deal))["deal"]
        print(*(f"{fund['name']}: {(fund['balance'] or {'text': 'open'})['text']}" for fund in stands["funds"]))

        async with aclosing(client.events(deal)) as events:
            async for event in events:
                print(event["version"], event["kind"], event["act"])
                if event["version"] == stands["version"]:
                    break


if __name__ == "__main__":
    if "TOKEN" not in os.environ:
        sys.exit("Set TOKEN to the token that `clausula serve` or `clausula token NAME` prints.")
    here = os.environ.get("URL", "http://127.0.0.1:8000/graphql")
    asyncio.run(walk(here, os.environ["TOKEN"], os.environ.get("PERSON", "you")))
