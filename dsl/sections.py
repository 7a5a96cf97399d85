"""A section as somebody writes it in, the section or labelled item of the agreement that is meant out."""

from dsl import terms as t
from dsl.compile import Agreement, covers
from dsl.diagnostics import did_you_mean
from dsl.resolve.known import item_paths, names_of


def section_named(agreement: Agreement, written: str) -> str | None:
    """The section, item or sentence that somebody wrote, whatever its capitals and spaces; None if there is none."""
    names = names_of(agreement.terms)
    known = {each.casefold().replace(" ", ""): each for each in sorted(names.sections | names.cited)}
    plain = written.strip().casefold().removeprefix("section").removeprefix("clause").replace(" ", "").rstrip(".,")
    return known.get(plain)


def no_section(agreement: Agreement, written: str) -> tuple[str, str]:
    """That there is no such section, and which one may be meant."""
    terms = agreement.terms
    known = (*terms.clauses, *sorted(item_paths(terms) | names_of(terms).cited - terms.clauses.keys()))
    return (
        f"{terms.title} has no section `{written}`.",
        did_you_mean(written, known) or f"Its sections are {', '.join(terms.clauses)}.",
    )


def clause_of(agreement: Agreement, number: str) -> t.Clause | None:
    """The clause of a section, or the one that an item stands in; a heading over several has none."""
    holding = [each for each in agreement.terms.clauses if covers(each, number)]
    return agreement.terms.clauses[max(holding, key=len)] if holding else None


def answering(agreement: Agreement, number: str) -> str:
    """What answers a question about a section: a sentence that binds for itself, and its whole clause for an item."""
    clause = clause_of(agreement, number)
    return number if clause is None or number in names_of(agreement.terms).cited else clause.section


def without_provisions(clause: t.Clause) -> str:
    """What a section is in which nothing can be met, and so nothing be true or false."""
    if clause.category == "not encoded":
        return f"not encoded: {clause.reason}"
    what = "it says what words mean or limits what others do" if clause.category == "operative" else clause.category
    return f"{what}; nothing in it is met or not met by itself"
