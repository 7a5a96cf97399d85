"""What it costs to answer over HTTP, as ratios that can be compared between machines.

Run with `python -m benchmarks.http`. Each figure is the CPU time of this process for one request, the least of several
rounds, in which the two that are compared take turns. A ratio is followed by what it should reach.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from graphql import parse, specified_rules
from strawberry.schema.schema import validate_document

from api.schema import make_schema
from api.schema.weight import weighed
from tests.api.escrow import Site, site
from tests.api.test_gate import BOMB, HURTFUL

ROUNDS = 7
SMALL = "{ me { id } }"
PAGE = "{ deals(first: 100) { edges { cursor node { id agreement openedAt yourParties } } pageInfo { hasNextPage } } }"
SCHEMA = make_schema()._schema


def least(work: Callable[[], object], times: int) -> float:
    """The CPU time of one of so many, in milliseconds."""
    began = process_time()
    for _ in range(times):
        work()
    return (process_time() - began) * 1000 / times


def side_by_side(one: Callable[[], object], other: Callable[[], object], times: int) -> tuple[float, float]:
    """The least of several rounds of each."""
    rounds = [(least(one, times), least(other, times)) for _ in range(ROUNDS)]
    return min(each for each, _ in rounds), min(each for _, each in rounds)


def told(what: str, one: float, other: float, wanted: str) -> None:
    print(f"{what:58} {one:9.3f} ms {other:9.3f} ms   {one / other:7.2f}   {wanted}")


def asking(web: Site, query: Callable[[], str]) -> Callable[[], object]:
    """Sends a question as Erin."""
    headers = {**web.token("erin", timedelta(days=1)), "Content-Type": "application/json"}
    return lambda: web.client.post("/graphql", content=json.dumps({"query": query()}), headers=headers)


def main() -> None:
    """Print the ratios."""
    turns = count()
    with TemporaryDirectory() as folder, site(Path(folder)) as web:
        again, anew = asking(web, lambda: SMALL), asking(web, lambda: f"{SMALL} # {next(turns)}")
        page, page_anew = asking(web, lambda: PAGE), asking(web, lambda: f"{PAGE} # {next(turns)}")
        bomb = asking(web, lambda: f"{BOMB} # {next(turns)}")
        plain: Callable[[], object] = lambda: web.client.get("/health")  # noqa: E731
        told("a document that was seen / one that was not", *side_by_side(again, anew, 50), "less than 0.8")
        told("a page that was seen / one that was not", *side_by_side(page, page_anew, 50), "less than 0.8")
        told("a small question / an answer without GraphQL", *side_by_side(again, plain, 50), "less than 3")
        told("a fragment bomb / a small question", *side_by_side(bomb, anew, 10), "less than 20, and 50 ms")
    for why, text in HURTFUL.items():
        document = parse(text)
        weigh: Callable[[], object] = lambda document=document: weighed(document, SCHEMA)  # type: ignore[misc]  # noqa: E731
        check: Callable[[], object] = lambda document=document: validate_document(  # type: ignore[misc]  # noqa: E731
            SCHEMA, document, tuple(specified_rules)
        )
        told(f"weighed / validated: {why}", *side_by_side(weigh, check, 1), "less than 0.2")


if __name__ == "__main__":
    main()
