"""Values as text: figures, instants, entries and plans."""

from dsl import syntax
from dsl.format.layout import a, bare, held, listed, maybe, quoted, the
from dsl.format.marks import GLUE, JOIN, PART, THE, TURN, A


def names(written: syntax.Names) -> str:
    """Names that each take an article: `the Companies and the Purchaser`."""
    return listed(tuple(the(name) for name in written.names), written.joined_by)


def bare_names(written: syntax.Names) -> str:
    """Names without articles: `Security Agreement and Warrant`."""
    return listed(tuple(bare(name) for name in written.names), written.joined_by)


def section(written: syntax.Section) -> str:
    """One section: `section 3.1(a)`."""
    return held(f"section {written.number}")


def sections(written: syntax.Sections) -> str:
    """One or more sections: `sections 3.1(a), 3.1(b) and 4.1`."""
    if len(written.sections) == 1:
        return section(written.sections[0])
    numbers = tuple(held(each.number) for each in written.sections)
    return f"sections {listed(numbers, 'and')}"


def period(written: syntax.Length) -> str:
    """A length of time: `5 business days`, `(the Grace) business days`."""
    if isinstance(written, syntax.StatedPeriod):
        return value(written.value)
    number = written.number if isinstance(written, syntax.Period) else f"({value(written.number)})"
    length = held(f"{number} {written.unit}") if isinstance(written, syntax.Period) else f"{number} {written.unit}"
    return length if written.calendars is None else f"{length} of {calendars(written.calendars)}"


def hours(written: syntax.Hours) -> str:
    """`between 09:00 and 17:00 on a business day`."""
    between = f"between {written.opens} and {written.closes} " if written.opens is not None else ""
    return f"{between}on a business day"


def calendars(written: syntax.Calendars) -> str:
    """One or more calendars: `"US" and "DE-HE"`."""
    return listed(tuple(quoted(name) for name in written.names), written.joined_by)


def instant(written: syntax.InstantLiteral) -> str:
    """A clock time on a day."""
    return held(f"{written.time} on {written.date}")


def anchor(written: syntax.Anchor) -> str:
    """One entry that a sentence is about."""
    match written:
        case syntax.AnchorSuch():
            return f"such{GLUE}{bare(written.kind)}"
        case syntax.AnchorPick():
            return picked(written)
        case syntax.AnchorName():
            return quoted(written.name)
        case syntax.AnchorField():
            return f"{the(written.field)} of{GLUE}{anchor(written.subject)}"
        case syntax.AnchorKind():
            return a(written.kind)


def about(written: syntax.Anchor | syntax.Entry | None) -> str:
    """`about such Claim`, `about every Claim which is Late`, or nothing."""
    if isinstance(written, syntax.Entry):
        return f"{TURN}about every {entry(written)}"
    return "" if written is None else f"{TURN}about {anchor(written)}"


def entry(written: syntax.Entry, article: str = "") -> str:
    """A noun of the deal, with what it is about and how it is filtered."""
    if written.other:
        article = f"{written.other}{GLUE}"
    return f"{article}{bare(written.noun)}{about(written.about)}{_filter(written.filter)}"


def ranked(written: syntax.Name | str) -> str:
    """What rows are put in order by: a field, or a stage."""
    return bare(written) if isinstance(written, syntax.Name) else f"the {written}"


def picked(written: syntax.Pick | syntax.AnchorPick) -> str:
    """`the latest Claim`, `the Claim with the earliest Due`."""
    if written.by is None:
        return f"the{GLUE}{written.pick}{GLUE}{bare(written.kind)}"
    rank = written.by if isinstance(written.by, str) else bare(written.by)
    return f"the{GLUE}{bare(written.kind)} with the {written.pick}{GLUE}{rank}"


def _filter(written: syntax.Filter | None) -> str:
    match written:
        case None:
            return ""
        case syntax.Filters():
            return f"{TURN}and".join(_filter(each) for each in written.filters)
        case syntax.WhichIs():
            return f"{TURN}which {written.word} {bare(written.condition)}"
        case syntax.WhichStates():
            return f"{TURN}which states {bare(written.field)}"
        case syntax.Whose():
            told = bare_value if written.comparator in ("is", "is not") else value
            return f"{TURN}whose {bare(written.field)} {written.comparator} {told(written.value)}"


def any_entry(written: syntax.Value) -> str:
    """A value of which any entry will do: `a Joint Instruction` rather than `the Joint Instruction`."""
    return entry(written, A) if isinstance(written, syntax.Entry) else value(written)


def bare_value(written: syntax.Value) -> str:
    """A value where a name is a word to compare with: `Settled`, `Tax`."""
    return entry(written) if isinstance(written, syntax.Entry) else value(written)


def value(written: syntax.Value) -> str:
    """Any value, as a sentence says it."""
    match written:
        case syntax.Entry():
            return entry(written, THE)
        case syntax.Such():
            return f"such{GLUE}{bare(written.kind)}"
        case syntax.Pick():
            return f"{picked(written)}{about(written.about)}{_filter(written.filter)}"
        case syntax.FieldOf():
            return f"{the(written.field)} of{GLUE}{value(written.subject)}"
        case syntax.StageOf():
            return f"the {written.stage} of{GLUE}{value(written.subject)}"
        case (
            syntax.Extreme()
            | syntax.Shift()
            | syntax.Share()
            | syntax.Times()
            | syntax.Over()
            | syntax.PartOf()
            | syntax.Bracketed()
            | syntax.Addition()
        ):
            return _worked_out(written)
        case syntax.AsOf():
            return f"{value(written.value)}{TURN}as of {value(written.moment)}"
        case syntax.Period():
            return period(written)
        case (
            syntax.Opening()
            | syntax.ClockOn()
            | syntax.DayOf()
            | syntax.BusinessDayOf()
            | syntax.Rolled()
            | syntax.MonthEdge()
            | syntax.DaysBetween()
            | syntax.Today()
        ):
            return _day(written)
        case _:
            return _figure(written)


_WorkedOut = (
    syntax.Extreme
    | syntax.Shift
    | syntax.Share
    | syntax.Times
    | syntax.Over
    | syntax.PartOf
    | syntax.Bracketed
    | syntax.Addition
)


def _worked_out(written: _WorkedOut) -> str:
    """What is calculated from other values."""
    match written:
        case syntax.Extreme(word="surplus"):
            return f"the amount by which {value(written.left)}{TURN}exceeds {value(written.right)}"
        case syntax.Extreme(word="difference"):
            return f"the difference between {value(written.left)}{TURN}and {value(written.right)}"
        case syntax.Extreme():
            listed = f",{TURN}".join(value(each) for each in (written.left, *written.between))
            return f"the {written.word} of {listed}{TURN}and {value(written.right)}"
        case syntax.Shift(direction="extended"):
            return f"{value(written.origin)}{TURN}extended by {period(written.period)}"
        case syntax.Shift():
            return f"{period(written.period)} {written.direction} {value(written.origin)}"
        case syntax.Share():
            return f"{held(written.percentage + ' percent')} of {value(written.whole)}"
        case syntax.Times():
            return f"{value(written.left)}{TURN}times {value(written.right)}{maybe(' rounded ', written.rounding)}"
        case syntax.Over():
            rounding = maybe(" rounded ", written.rounding)
            return f"{value(written.left)}{TURN}divided by {value(written.right)}{rounding}"
        case syntax.PartOf(rank=str() | syntax.Name() as rank):
            order = f"in order of {ranked(rank)} of every {entry(written.entries)}{TURN}up to {bare(written.field)}"
            return f"the share of {anchor(written.row)}{TURN}in {value(written.whole)}{TURN}{order}"
        case syntax.PartOf():
            to = f"{bare(written.field)} of every {entry(written.entries)}"
            to += maybe(f"{TURN}up to ", None if written.most is None else bare(written.most))
            return f"the share of {anchor(written.row)}{TURN}in {value(written.whole)}{TURN}in proportion to {to}"
        case syntax.Bracketed():
            return f"({value(written.value)})"
        case syntax.Addition():
            return f"{value(written.left)}{JOIN}{written.sign} {value(written.right)}"


def _day(written: syntax.DayValue) -> str:
    """A day found from another time, today, and how many days there are."""
    match written:
        case syntax.Opening():
            return f"the first moment {hours(written.hours)} on or after {value(written.origin)}"
        case syntax.ClockOn():
            hour = written.hour if isinstance(written.hour, str) else f"the hour of {value(written.hour)}"
            return f"{hour}{maybe(' in ', quoted(written.zone) if written.zone else None)} on {value(written.day)}"
        case syntax.DayOf():
            return f"the day of {value(written.moment)}"
        case syntax.BusinessDayOf():
            closing = maybe(" closing at ", written.closing)
            return f"the business day{_place('in', written.calendars)}{closing} of {value(written.moment)}"
        case syntax.Rolled():
            place = _place("in", written.calendars)
            return f"the business day{place} {written.direction} {value(written.origin)}"
        case syntax.MonthEdge():
            return f"the {written.edge} day of the month of {value(written.moment)}"
        case syntax.DaysBetween():
            place = _place("of", written.calendars)
            return f"the number of {written.days}{place} from {value(written.first)} to {value(written.last)}"
        case syntax.Today():
            return "today"


def _place(word: str, written: syntax.Calendars | None) -> str:
    return "" if written is None else f" {word} {calendars(written)}"


_Figure = (
    syntax.DeadlineOf
    | syntax.PerformanceOf
    | syntax.Balance
    | syntax.Payable
    | syntax.PaidUnder
    | syntax.CapFigure
    | syntax.Count
    | syntax.FieldSum
    | syntax.PercentLiteral
    | syntax.DecimalLiteral
    | syntax.TextLiteral
    | syntax.MoneyLiteral
    | syntax.NumberLiteral
    | syntax.QuantityLiteral
    | syntax.DateLiteral
    | syntax.InstantLiteral
    | syntax.TruthLiteral
)


def _figure(written: _Figure) -> str:
    """What is read off the ledger, the norms or the page itself."""
    match written:
        case syntax.DeadlineOf():
            return f"the deadline of {section(written.section)}{row(written.row)}"
        case syntax.PerformanceOf():
            return f"the performance of {section(written.section)}{row(written.row)}"
        case syntax.Balance():
            return f"the {written.purpose} of{GLUE}{the(written.fund)}{row(written.row)}"
        case syntax.Payable():
            return f"the amount payable to {the(written.payee)}{TURN}under {value(written.plan)}"
        case syntax.PaidUnder():
            return f"the amount paid under {section(written.section)}{row(written.row)}"
        case syntax.CapFigure():
            return f"the {written.figure} under {section(written.section)}{row(written.row)}"
        case syntax.Count():
            return f"the number of {entry(written.entries)}"
        case syntax.FieldSum():
            return f"the sum of {the(written.field)} of every {entry(written.entries)}"
        case _:
            return literal(written)


def literal(written: syntax.Literal) -> str:
    """What stands on the page itself."""
    match written:
        case syntax.TextLiteral():
            return quoted(written.text)
        case syntax.MoneyLiteral() | syntax.NumberLiteral() | syntax.DateLiteral():
            return held(written.text)
        case syntax.QuantityLiteral():
            return held(f"{written.text} {written.unit.text}")
        case syntax.InstantLiteral():
            return instant(written)
        case syntax.PercentLiteral():
            return held(f"{written.text} percent")
        case syntax.DecimalLiteral():
            return written.text
        case syntax.TruthLiteral():
            return written.word


def row(written: syntax.Anchor | None) -> str:
    """`for such Claim`, or nothing."""
    return "" if written is None else f"{TURN}for {anchor(written)}"


def content(written: syntax.Content) -> str:
    """What a field states."""
    match written:
        case syntax.Payments():
            return f",{JOIN}".join(_payment(line) for line in written.lines)
        case syntax.SectionValue():
            return section(written.section)
        case syntax.ClausesValue():
            return f"clauses{PART}{quoted(written.text)}"
        case _:
            return bare_value(written)


def _payment(written: syntax.Payment) -> str:
    amount = "the rest" if written.amount is None else value(written.amount)
    return f"{amount} to {somebody(written.payee)}"


def somebody(written: syntax.Name | syntax.Text) -> str:
    """A payee: somebody the agreement names, or anybody in quotation marks."""
    return quoted(written) if isinstance(written, syntax.Text) else the(written)


def stating(written: tuple[syntax.FieldValue, ...], word: str = "stating") -> str:
    """`stating Amount as USD 5.00 and Disputed`, or nothing."""
    if not written:
        return ""
    fields = (
        bare(each.field) + maybe(" as ", None if each.content is None else content(each.content)) for each in written
    )
    return f"{PART}{word} {f'{JOIN}and '.join(fields)}"
