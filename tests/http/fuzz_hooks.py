"""How schemathesis writes the scalars of our own, and what it is to look for in the answers.

Its own check takes every error for a failure. Ours have codes: one that a question earns, such as `BAD_PAGE`, is an
answer; `INTERNAL`, one without a code, or an answer that is not JSON is a failure.
"""

from datetime import UTC

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat(timespec="seconds"))
EARNED = {
    "FORBIDDEN", "UNAUTHENTICATED", "NOT_UNDERSTOOD", "NO_SUCH_DEAL", "BAD_PAGE", "BAD_CURSOR",
    "TOO_LARGE", "TOO_MUCH", "BAD_REQUEST",
}  # fmt: skip
LIMITS = ("must be non-null", "must specify exactly one key", "Exactly one key must be specified", "rather than null")
"""What schemathesis cannot do: it writes null, or no member at all, for a one-of input, which the schema refuses."""

schemathesis.graphql.scalar("Instant", INSTANTS.map(nodes.String))
DAYS = st.dates().map(lambda day: day.isoformat()).map(nodes.String)
for name in ("Day", "LocalDate"):
    schemathesis.graphql.scalar(name, DAYS)
AMOUNTS = st.integers(0, 10**9).map(lambda minor: f"USD {minor // 100}.{minor % 100:02}")
schemathesis.graphql.scalar("Amount", AMOUNTS.map(nodes.String))
schemathesis.graphql.scalar("Duration", st.integers(1, 90).map(lambda days: f"{days} calendar days").map(nodes.String))
schemathesis.graphql.scalar("WholeNumber", st.integers(0, 10**6).map(str).map(nodes.String))
schemathesis.graphql.scalar("Sequence", st.integers(0, 10**6).map(str).map(nodes.String))
schemathesis.graphql.scalar("JSON", (st.text() | st.dates().map(str)).map(nodes.String))


@schemathesis.check
def answers_are_ours(ctx, response, case):
    """Each answer is JSON, with data or with errors that have a code which the question earned.

    A document does not fit the schema only where it was made so on purpose; what could not be asked says where.
    """
    assert response.status_code in (200, 400), response.text
    answer = response.json()
    for error in answer.get("errors", ()):
        code = error.get("extensions", {}).get("code")
        limit = "path" in error or any(each in error["message"] for each in LIMITS)
        wrong = limit or case.meta.generation.mode.is_negative
        assert code in EARNED or (code == "BAD_OPERATION" and wrong), f"{code}: {error['message']}"
