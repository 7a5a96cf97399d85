"""What an answer rests on: enough to ask the same again later, elsewhere, and get the same.

The text the deal is pinned to and the text in force, each by its hash; the rules and the calendar that made the answer;
the head of the log it was made from, where there is a log; the instant it is of, and up to when the log was known.
"""

from dataclasses import dataclass
from datetime import datetime

from dsl.calendars import calendar_version
from dsl.compile import Agreement
from dsl.engine import VERSION, in_force
from dsl.state import State


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of one answer.

    `agreement_sha256` is of the pinned text, `law_sha256` of the text with its `amendments` in place; without any they
    are the same. `log_version` counts the entries of the log, `log_seal` is the seal of the last; a scenario has none.
    """

    agreement_sha256: str
    law_sha256: str
    amendments: int
    engine: str
    calendar: str
    calendar_version: str
    as_of: datetime
    known_at: datetime
    log_version: int | None = None
    log_seal: str = ""


def basis_of(law: Agreement) -> dict[str, str]:
    """What the answer of an entry rests on and its other columns do not say; it is sealed with the answer."""
    return {
        "calendar": law.terms.calendar.name,
        "calendarVersion": f"holidays {calendar_version()}",
        "engine": VERSION,
        "lawSha256": law.digest,
    }


def receipt_of(
    agreement: Agreement,
    state: State,
    known_at: datetime | None = None,
    log_version: int | None = None,
    log_seal: str = "",
) -> Receipt:
    """The receipt of an answer about a state; what is not said otherwise was known when it is of."""
    return Receipt(
        agreement.digest,
        in_force(agreement, state).digest,
        len(state.enacted),
        VERSION,
        agreement.terms.calendar.name,
        f"holidays {calendar_version()}",
        state.now,
        known_at or state.now,
        log_version,
        log_seal,
    )
