"""Checks of a whole agreement, one to a file: each finds one thing that a careful colleague would point out.

A rule is a function from terms to diagnostics; its docstring says why it is there. Rules see only terms in which every
name is resolved, so they can trust what they read.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from dsl.diagnostics import Diagnostic
from dsl.rules.absence_in_none_of import absence_in_none_of
from dsl.rules.absences_at_once import absences_at_once
from dsl.rules.answers_on_the_way import answers_on_the_way
from dsl.rules.barred_payments import barred_payments
from dsl.rules.circular_authority import circular_authority
from dsl.rules.circular_deadlines import circular_deadlines
from dsl.rules.circular_holds import circular_holds
from dsl.rules.clashing_provisions import clashing_provisions
from dsl.rules.closed_windows import closed_windows
from dsl.rules.dead_references import dead_references
from dsl.rules.deadlines_before_triggers import deadlines_before_triggers
from dsl.rules.declared_anyway import declared_anyway
from dsl.rules.displaced_from_the_start import displaced_from_the_start
from dsl.rules.ended_at_once import ended_at_once
from dsl.rules.fields_like_stages import fields_like_stages
from dsl.rules.givings_on_the_way import givings_on_the_way
from dsl.rules.idle_cases import idle_cases
from dsl.rules.idle_edges import idle_edges
from dsl.rules.idle_exceptions import idle_exceptions
from dsl.rules.impossible_conditions import impossible_conditions
from dsl.rules.items_numbered_twice import items_numbered_twice
from dsl.rules.late_notices import late_notices
from dsl.rules.left_over_shares import left_over_shares
from dsl.rules.mismatched_figures import mismatched_figures
from dsl.rules.near_duplicate_names import near_duplicate_names
from dsl.rules.negated_stages import negated_stages
from dsl.rules.open_points import open_points
from dsl.rules.own_judges import own_judges
from dsl.rules.parties_named_twice import parties_named_twice
from dsl.rules.powerless_bearers import powerless_bearers
from dsl.rules.repeated_items import repeated_items
from dsl.rules.shrinking_figures import shrinking_figures
from dsl.rules.spent_holds import spent_holds
from dsl.rules.stranded_money import stranded_money
from dsl.rules.stray_currencies import stray_currencies
from dsl.rules.topped_up_funds import topped_up_funds
from dsl.rules.twice_owed import twice_owed
from dsl.rules.unarisen_duties import unarisen_duties
from dsl.rules.unfilled_funds import unfilled_funds
from dsl.rules.unguarded_funds import unguarded_funds
from dsl.rules.unmakeable_kinds import unmakeable_kinds
from dsl.rules.unmentioned_rows import unmentioned_rows
from dsl.rules.unreachable_recipients import unreachable_recipients
from dsl.rules.unrelated_rows import unrelated_rows
from dsl.rules.unused_definitions import unused_definitions
from dsl.rules.vacuous_universals import vacuous_universals
from dsl.source import Span
from dsl.terms import Terms

MOST = 100
"""How much one rule tells at once; nobody mends more between two readings."""

Rule = Callable[[Terms], Iterator[Diagnostic]]


def check(terms: Terms, whole: bool = True) -> tuple[Diagnostic, ...]:
    """What the rules find in an agreement, the first `MOST` of each; each diagnostic tells its rule and its section.

    Of an agreement that is not `whole`, because sentences with mistakes had to be left out, only what `OF_A_SENTENCE`
    finds: no sentence that is missing could change that.
    """
    return tuple(
        replace(found, rule=rule.__name__, section=found.section or _section_at(found.span, terms))
        for rule in (RULES if whole else OF_A_SENTENCE)
        for found in islice(rule(terms), MOST)
    )


def _section_at(span: Span, terms: Terms) -> str:
    """The clause that a place is in, or nothing in the header."""
    return next((each.section for each in terms.clauses.values() if each.span.start <= span.start < each.span.end), "")


RULES: tuple[Rule, ...] = (
    absence_in_none_of,
    absences_at_once,
    answers_on_the_way,
    barred_payments,
    circular_authority,
    circular_deadlines,
    circular_holds,
    clashing_provisions,
    closed_windows,
    dead_references,
    deadlines_before_triggers,
    declared_anyway,
    displaced_from_the_start,
    ended_at_once,
    fields_like_stages,
    givings_on_the_way,
    idle_cases,
    idle_edges,
    idle_exceptions,
    impossible_conditions,
    items_numbered_twice,
    late_notices,
    left_over_shares,
    mismatched_figures,
    near_duplicate_names,
    negated_stages,
    open_points,
    own_judges,
    parties_named_twice,
    powerless_bearers,
    repeated_items,
    shrinking_figures,
    spent_holds,
    stranded_money,
    stray_currencies,
    topped_up_funds,
    twice_owed,
    unarisen_duties,
    unfilled_funds,
    unguarded_funds,
    unmakeable_kinds,
    unmentioned_rows,
    unreachable_recipients,
    unrelated_rows,
    unused_definitions,
    vacuous_universals,
)

OF_A_SENTENCE: tuple[Rule, ...] = (
    absence_in_none_of,
    absences_at_once,
    closed_windows,
    deadlines_before_triggers,
    fields_like_stages,
    givings_on_the_way,
    items_numbered_twice,
    left_over_shares,
    mismatched_figures,
    near_duplicate_names,
    negated_stages,
    parties_named_twice,
    repeated_items,
    shrinking_figures,
    stray_currencies,
    unmentioned_rows,
    vacuous_universals,
)
"""Rules about what stands in the text, whatever else stands there or does not."""
