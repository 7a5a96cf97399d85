"""`is not X` is false or true, not a way to say that X has not come yet."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.rules.facts import never_false, waits_for_time
from dsl.terms import Filter, Holds, Terms


def negated_stages(terms: Terms) -> Iterator[Diagnostic]:
    """`such Claim is not Settled`, where Settled means that something has happened.

    Until it happens, whether the Claim is Settled is pending, and so is whether it is not; once it has happened, the
    Claim is Settled. So the sentence is never true, and a reader takes it for true from the start. In a filter
    (`which is not Settled`) what is pending counts as not so, and the words mean what they seem to mean. Where Settled
    can also come by silence, `no Demand has been made within 60 days`, it can turn out that the Claim is not Settled,
    but only once a Demand comes: until then the sentence waits.
    """
    defined = (*terms.conditions.values(), *terms.values.values())
    parts = (terms.provisions, terms.validities, terms.edges, defined)
    filters = {id(asked) for each in walk(parts) if isinstance(each, Filter) for asked in walk(each.condition)}
    for asked in walk(parts):
        if not isinstance(asked, Holds) or not asked.negated or id(asked) in filters:
            continue
        named = terms.conditions[asked.condition]
        if never_false(named.condition, terms):
            yield Diagnostic(
                f"`is not {asked.condition}` never comes true",
                asked.span,
                "pending until it is, never absent",
                f"{asked.condition} waits for something that may still come: {named.condition.text}.",
                f"Define what is meant with `no ... has been ...`, or count those `which is not {asked.condition}`.",
                Severity.WARNING,
            )
        elif waits_for_time(named.condition, terms):
            yield Diagnostic(
                f"`is not {asked.condition}` waits for a time",
                asked.span,
                "pending until something has come in time",
                f"{asked.condition} can come by silence: {named.condition.text}. Until then neither is true.",
                f"Say what has to be there by `has been ...`, or count those `which is not {asked.condition}`.",
                Severity.WARNING,
            )
