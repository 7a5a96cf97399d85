"""Slips in what is denied or left out: `has not been made`, `is not vacant`, a cap without its time.

A stage or a time is not denied by `not`: it may still come, so that what is so as long as it has not come is said in
words of its own.
"""

from dsl.parse.slip import Slip

_DENIED = "What has not come may still come; what is so until then is said in words of its own."
_LATEST = r"(?:latest|earliest|largest|smallest)"

DENIALS = (
    Slip(
        r"not\s+been\b",
        "A stage that is denied",
        _DENIED,
        "Write `no Objection has been made`, or of an entry `no Objection about such Claim has been made`.",
        after=r"\bha(?:s|ve)\s+",
    ),
    Slip(
        r"not\s+(?:passed|come)\b",
        "A time that is denied",
        _DENIED,
        "Write `today is not after 3 June 2026` for a day that has not passed, and `today is before 3 June 2026` for "
        "one that has not come.",
        after=r"\bhas\s+",
    ),
    Slip(
        r"not\s+terminated\b",
        "An end that is denied",
        "A list says of what is in it that none of it is so.",
        "Write `none of (i) this agreement has terminated`.",
        after=r"\bhas\s+",
    ),
    Slip(
        r"vacant\b",
        "A vacancy that is denied",
        "A list says of what is in it that none of it is so.",
        "Write `none of (i) the Escrow Agent is vacant`.",
        after=r"\bis\s+not\s+",
    ),
    Slip(
        r"[;.](?=\s|\Z)",
        "A cap without its time",
        "A cap counts what is paid over a time, which has to be said.",
        "Write `in the life of this agreement` or `in each calendar year` after the amount.",
        after=r"\bmust\s+not\s+exceed\s[^;]*",
    ),
    Slip(
        r"about\b",
        "An entry about one that is about another",
        "One `about` does not stand inside another, so that nobody has to guess which of them it belongs to.",
        'Give the inner one a name, `"Current" of a Year means the latest Statement about such Year.`, and write '
        "`about the Current of such Year`.",
        after=rf"\babout\s+(?:the\s+)?{_LATEST}\s+[A-Z][\w'&-]*(?:\s+[A-Z][\w'&-]*)*\s+",
    ),
)
"""Tried before the other slips, because each is recognised by the words before it."""
