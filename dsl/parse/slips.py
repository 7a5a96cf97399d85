"""The slips lawyers make: words and signs that mean something on paper and nothing certain here.

Each row says how the slip is recognised, what is wrong with it, and what to write instead. A row is tried where
reading stopped; a row of `_OPENINGS` is tried at the beginning of the sentence in which it stopped, because a
sentence that opens with `If` breaks only some words later. The first row that fits is told.
"""

import re

from dsl.diagnostics import Diagnostic
from dsl.parse.denials import DENIALS
from dsl.parse.priorities import PRIORITIES
from dsl.parse.slip import Slip
from dsl.source import Span


def slip_at(text: str, start: int) -> Diagnostic | None:
    """The slip at the place where reading stopped."""
    while start > 0 and re.match(r"[\w/]", text[start - 1]) and re.match(r"[\w/]", text[start : start + 1]):
        start -= 1
    return _first(_SLIPS, text, start)


def slip_in_opening(text: str, start: int) -> Diagnostic | None:
    """The slip with which a sentence opens."""
    return _first(_OPENINGS, text, start)


def _first(slips: tuple[Slip, ...], text: str, start: int) -> Diagnostic | None:
    before = text[max(0, start - 80) : start]
    for slip in slips:
        match = re.compile(slip.found, re.IGNORECASE).match(text, start)
        if match is not None and re.search(rf"(?:{slip.after})\Z", before):
            span = Span(start, match.end())
            return Diagnostic(slip.title, span, "found here", slip.explanation, slip.hint)
    return None


_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"

_CONDITION = (
    "A trigger either latches (`when`: from the first moment it is true) or follows (`while`: as long as it is)."
)
_EXCEPTION = "An exception is a provision of its own, so that an outcome can cite it."

_ORDER = "One of several is picked by a time or by a figure, and by which has to be said."

_SLIPS = (
    *DENIALS,
    *PRIORITIES,
    Slip(
        r"\.",
        "A group without a rule",
        "Whether one member can act for the group, several or only all together has to be said.",
        "Add `, acting by each of them`, `any of them`, `2 of them` or `majority of them`.",
        after=r"\bmeans\s+a\s+group\s+of\s[^.\"]*",
    ),
    Slip(
        r"and/or\b",
        "`and/or` hides a choice",
        "It can mean both, or either one; money and rights must not depend on which.",
        "Write `A and B`, `A or B`, or a labelled list: `any of (i) ...; or (ii) ...`.",
    ),
    Slip(
        r"shall\b|will\b",
        "`shall` can mean four things",
        "A duty, a ban, a power and a consequence are different provisions here.",
        "Write `must` (duty), `must not` (ban), `may` (power) or `occurs` (happens by itself).",
    ),
    Slip(
        r"(?:agrees?|undertakes?|is (?:required|obliged|entitled|permitted|authori[sz]ed)) to\b",
        "A duty or a power in other words",
        "Each kind of provision has one word, so that nobody has to weigh two wordings.",
        "Write `must` (duty), `must not` (ban) or `may` (power).",
    ),
    Slip(
        r"(?:can|could|should|would|might|cannot)\b",
        "A word between duty and power",
        "A sentence binds, allows or forbids; `can` and `should` do none of these clearly.",
        "Write `must` (duty), `may` (power) or `must not` (ban).",
    ),
    Slip(
        r"(?:must|may)(?:\s+not)?\s+be\b",
        "A duty that binds nobody",
        "The passive voice hides who has to act.",
        "Say who: `the Buyer must pay ... to the Seller`.",
    ),
    Slip(
        r"(?:and|or)\s+(?:must|may)\b",
        "A second `must` or `may` without its actor",
        "Each statement names who is bound or free, so that nobody has to guess.",
        "Write `..., and the Buyer may ...`, with a comma and the name, or begin a new sentence.",
    ),
    Slip(
        r"(?:must|may)\b",
        "A second `must` or `may` without its actor",
        "Each statement names who is bound or free, so that nobody has to guess.",
        "Write `..., and the Buyer may ...`, with a comma and the name, or begin a new sentence.",
        after=r"\b(?:and|or),?\s+",
    ),
    Slip(
        r"(?:must|may|not)\b",
        "Two words of duty or power in one statement",
        "A statement is a duty, a power or a ban, and only one of them.",
        "Write one of `must`, `must not` and `may`.",
        after=r"\b(?:must|may|not)\s+",
    ),
    Slip(
        r"be\b",
        "A duty that binds nobody",
        "The passive voice hides who has to act.",
        "Say who: `the Buyer must pay ... to the Seller`.",
        after=r"\b(?:must|may|not)\s+",
    ),
    Slip(
        r"breached\b",
        "A breach that nobody finds",
        "A breach is for a court to find. What is known here is that a duty is overdue, or that somebody says so.",
        "Write `section 4 is overdue`, or `section 4 is said to be breached`.",
        after=r"\bis(?:\s+not)?\s+",
    ),
    Slip(
        r"(?:if|whenever|once|upon|where)\b",
        "A condition without its kind",
        _CONDITION,
        "Begin the sentence with `When ..., then` or `While ..., then`.",
    ),
    Slip(
        r"(?:provided|unless|except|save|however|notwithstanding|subject)\b",
        "An exception in the middle of a sentence",
        _EXCEPTION,
        "Write a guard, `No Claim is valid unless ...`, or an edge after the clause title: "
        "`subject to section 4.2 by suspension`.",
    ),
    Slip(
        r"days?\b",
        "A day without its kind",
        "Calendar days, business days and clear business days end at different times.",
        "Write `calendar days`, `business days` or `clear business days`.",
    ),
    Slip(
        r"(?:weeks?|quarters?)\b",
        "A period the language does not count in",
        "Periods are hours, days of a stated kind, months and years.",
        "Write `7 calendar days` for a week and `3 months` for a quarter.",
    ),
    Slip(
        r"(?:immediately|forthwith|soon|asap|timely)\b",
        "A vague time the language does not have",
        "Vague time stays vague: nobody is late by a machine's word.",
        "Write `promptly`, or a window: `within 2 business days`.",
    ),
    Slip(
        r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety)\b",
        "A number in words",
        "Numbers are written in figures, once.",
        "Write the figure: `5 business days`.",
    ),
    Slip(
        r"(?:next|lowest|highest|oldest|newest|greatest|nearest|second|third)\b",
        "An order without what it goes by",
        _ORDER,
        "Write `the earliest Claim`, or name a field: `the Claim with the earliest Due`, `with the largest Amount`.",
    ),
    Slip(
        r"every\b",
        "Every one as the object of a sentence",
        "A sentence binds or allows for each entry; what happens by itself can happen for every one at once.",
        "Write `For each Claim which is Late, the Buyer may make a Note about such Claim`, and one attempt does it "
        "for all; or, by itself, `then for every Claim which is Late, a Note occurs about such Claim`.",
        after=r"\babout\s+",
    ),
    Slip(
        r"[A-Z]",
        "An order without what it goes by",
        _ORDER,
        "Write `the earliest Claim`, or name a field: `the Claim with the earliest Due`, `with the largest Amount`.",
        after=r"\b(?:first|last)\s+",
    ),
    Slip(
        r"(?:here|there)(?:by|in|of|to|under|after|with|from|on|upon)\b",
        "A word that points nowhere certain",
        "The machine and a reader in a dispute have to find the same place.",
        "Leave it out, or name the place: `section 4.2`.",
    ),
    Slip(
        r"(?:have|are|were)\b",
        "A plural verb",
        "A sentence speaks of one thing, of `every` one, or of `all` of a kind.",
        "Write `has` or `is`: `every Document has been completed`, or `all Documents have been completed`.",
    ),
    Slip(
        r"is\b",
        "A definition without `means`",
        "`is` says how something stands; a definition says what a name means.",
        'Write `"Buyer" means a party.`',
        after=r'(?:\A|[.:])\s*"[^"]*"\s*',
    ),
    Slip(
        rf"{_MONTH}\s+\d",
        "A date in another order",
        "Dates are written day, month, year, so that no two countries read them differently.",
        "Write `6 September 2005`.",
    ),
    Slip(
        r",?\s*\d{4}\b",
        "A date in another order",
        "Dates are written day, month, year, so that no two countries read them differently.",
        "Write `6 September 2005`.",
        after=rf"\b{_MONTH}\s+\d\d?",
    ),
    Slip(
        r"\d{4}-\d\d?-\d\d?|\d\d?[/.-]\d\d?[/.-]\d{2,4}|\d\d?(?:st|nd|rd|th)\b",
        "A date in figures",
        "Dates are written day, month, year, so that no two countries read them differently.",
        "Write `6 September 2005`.",
    ),
    Slip(
        r"-\d\d?-\d\d?|[/.-]\d\d?[/.-]\d{2,4}",
        "A date in figures",
        "Dates are written day, month, year, so that no two countries read them differently.",
        "Write `6 September 2005`.",
        after=r"\d",
    ),
    Slip(
        r"-\s*(?:[A-Z]{3}\s*)?\d",
        "A figure below nothing",
        "What is written out is a figure and never a minus; only what is worked out can be below nothing.",
        "Say in the name what it is, `stating Loss as USD 500.00`, or work it out: `USD 0.00 less USD 500.00`.",
    ),
    Slip(
        r"\(\s*\d",
        "A figure below nothing",
        "What is written out is a figure and never a minus; only what is worked out can be below nothing.",
        "Say in the name what it is, `stating Loss as USD 500.00`, or work it out: `USD 0.00 less USD 500.00`.",
        after=r"\b[A-Z]{3}\s*",
    ),
    Slip(
        r"(?:giving|receipt|sending|completion|making|withdrawal)\b",
        "A stage in a filter",
        "What follows `whose` is a field of the entry, or a value that the file defines for it.",
        'Give it a name, `"Made At" of a Claim means the making of such Claim.`, and write `whose Made At is ...`.',
        after=r"\bwhose\s+",
    ),
    Slip(
        r"of\b",
        "A field of another entry behind `whose`",
        "What follows `whose` is a field of the entry itself, or a value that the file defines for it.",
        'Give it a name, `"Review Claim" of a Review means the Claim of the Proof of such Review.`, and write '
        "`whose Review Claim is ...`.",
        after=r"\bwhose\s+(?:the\s+)?[A-Z][\w'&-]*(?:\s+[A-Z][\w'&-]*)*\s+",
    ),
    Slip(
        r"(?:a\.?m|p\.?m|o'clock|noon|midnight)\b",
        "A clock time in words",
        "The day has 24 hours here, from 00:00 to 23:59.",
        "Write `15:00`.",
    ),
    Slip(
        r",\s*\d\d?\d?\b",
        "An amount in another notation",
        "Amounts have commas between thousands, a full stop before cents, and a space after the currency.",
        "Write `USD 12,000.00`.",
        after=r"[A-Z]{3}\s*\d[\d.]*",
    ),
    Slip(
        r"\.\d",
        "An amount in another notation",
        "Amounts have commas between thousands, a full stop before cents, and a space after the currency.",
        "Write `USD 12,000.00`.",
        after=r"[A-Z]{3}\s*\d[\d,.]*",
    ),
    Slip(
        r"\d[\d.,]*\d",
        "An amount in another notation",
        "Amounts have commas between thousands, a full stop before cents, and a space after the currency.",
        "Write `USD 12,000.00`.",
        after=r"\b[A-Z]{3}[ \t]+",
    ),
    Slip(
        "[$€£¥₹]",
        "A currency sign",
        "Several countries have a dollar; a currency is its three-letter code.",
        "Write `USD 5,000.00`.",
    ),
    Slip(
        r"%|per\s*cent\b",
        "A percentage in signs",
        "A percentage is written in words, with what it is of.",
        "Write `2.5 percent of the Price`.",
    ),
    Slip(
        "§+",
        "A section sign",
        "Sections are named in words.",
        "Write `section 4.2`.",
    ),
    Slip(
        r"\[",
        "Square brackets",
        "What is still to be agreed is a blank: a name with a type, filled later.",
        'Write `"Fee" means a required blank amount.` and use the name here.',
    ),
    Slip(
        r"\([a-z]{1,2}\)",
        "A label of another style",
        "Lists are labelled by level: (i), (ii), (iii); inside them (A), (B); inside these (1), (2).",
        "Write `all of (i) ...; (ii) ...; and (iii) ...`. Letters like (a) belong to section numbers: `3.1(a)`.",
    ),
    Slip(
        r"\(",
        "An entry in brackets",
        "Brackets hold a value that is worked out; which entry is meant is said without them.",
        'Leave them out: `about such Claim`, `about "C-1"`, `about the Claim of such Answer`.',
        after=r"\babout\s+",
    ),
    Slip(
        r"\(",
        "Words in brackets",
        "Brackets hold a label, (i), a value that is worked out by itself, or the choices of a field; none fits here.",
        'Leave them out; a name is defined in a sentence of its own: `"Fund" means ...`.',
    ),
    Slip(
        "[“”„‟«»‘’‚‹›'`]",  # noqa: RUF001
        "Curly or single quotation marks",
        "Names and texts stand between straight double quotation marks.",
        'Write `"`. Word processors change it by themselves; a plain text editor does not.',
    ),
    Slip(
        "[–—−]",  # noqa: RUF001
        "A dash",
        "A dash can be a break, a range or a minus; the language has none of them.",
        "Write two sentences, `less` for a difference, or a hyphen inside a name: `Hold-Back`.",
    ),
    Slip(
        "/",
        "A stroke between two words",
        "It can mean `and`, `or`, or one name for the other.",
        "Write `and` or `or`, or define one name and use it throughout.",
    ),
    Slip(
        ";",
        "A semicolon between sentences",
        "Semicolons part the items of a labelled list; a sentence ends with a full stop.",
        "Write a full stop and begin the next sentence with a capital letter.",
    ),
    Slip(
        r"\.",
        "A full stop inside a name",
        "A full stop ends the sentence, so the rest of the name stands alone.",
        'Leave it out, or define a short name: `"Laurus" means a party, "Laurus Master Fund, Ltd."`.',
        after=r"\b(?:Inc|Ltd|Co|Corp|LLC|Bros|No|Nos|Mr|Mrs|Ms|Dr|St|Jr|[A-Z])",
    ),
    Slip(
        r"[A-Za-z]",
        "A full stop inside a name",
        "A full stop ends the sentence, so the rest of the name stands alone.",
        'Leave it out, or define a short name: `"Laurus" means a party, "Laurus Master Fund, Ltd."`.',
        after=r"\b(?:Inc|Ltd|Co|Corp|LLC|Bros|No|Nos|Mr|Mrs|Ms|Dr|St|Jr|[A-Z])\.\s*",
    ),
)

_OPENINGS = (
    Slip(
        r"(?:if|whenever|once|upon|where|should|in the event)\b",
        "A condition without its kind",
        _CONDITION,
        "Begin the sentence with `When ..., then` or `While ..., then`.",
    ),
    Slip(
        r"(?:subject to|notwithstanding)\b",
        "A priority inside a sentence",
        "Which provision yields is said once for the whole clause, and how it yields.",
        'Write it after the clause title: `Clause 3 "Release" subject to section 4.2 by suspension:`.',
    ),
    Slip(
        r"(?:unless|except|provided|save|however)\b",
        "An exception at the start of a sentence",
        _EXCEPTION,
        "Write a guard, `No Claim is valid unless ...`, or an edge after the clause title: "
        "`subject to section 4.2 by suspension`.",
    ),
)


def unknown_meaning(found: str, span: Span) -> Diagnostic:
    """What a name is said to mean is none of the language's kinds; `statement` alone is the oral one."""
    alone = found.lower() == "statement"
    return Diagnostic(
        f"Unknown meaning `{found}`",
        span,
        "not one of the language's kinds",
        "A name can mean a party, a person acting for a party, a fund, a document, writing, notice, oral "
        "statement, finding, claim, event, act, a list, a blank, a value, or `that` a condition is true.",
        "Write `an oral statement`, or `a notice`."
        if alone
        else "Write one of these, for example `a document, signed by ...`.",
    )
