"""A sentence that ranges over entries speaks of them."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.resolve.walk import walk
from dsl.resolve.words import a
from dsl.terms import Duty, Occurs, Passes, Power, Row, Terms

_REPEATED = (Duty, Power, Occurs, Passes)
"""What holds once more for every row; an agreement that terminates twice has terminated."""


def unmentioned_rows(terms: Terms) -> Iterator[Diagnostic]:
    """`For each Claim, the Agent must pay USD 5.00`, which never says `such Claim`.

    Then every Claim makes the same duty once more, and no payment can be told to answer one Claim or the other. Often
    `about such Claim` was forgotten. A row that recurs (`For each Rent Day, the Buyer must pay USD 10.00`) is there
    to say so again and again.
    """
    told: set[str] = set()
    for provision in terms.provisions:
        rows = provision.rows
        sentence = provision.key.rpartition(".")[0]
        if rows is None or sentence in told or not isinstance(provision.statement, _REPEATED):
            continue
        if all(terms.kinds[kind].every is not None for kind in rows.kinds):
            continue  # What comes on its day is owed again each time; its days tell one from another.
        mentioned = (provision.trigger, provision.every, provision.statement)
        if not any(isinstance(each, Row) and each.key == rows.text_noun for each in walk(mentioned)):
            told.add(sentence)
            yield Diagnostic(
                f"For each {rows.text_noun}, and never `such {rows.text_noun}`",
                rows.span,
                "never spoken of after this",
                f"The sentence holds once for every {rows.text_noun}, and nothing in it tells one from another.",
                f"Speak of `such {rows.text_noun}`; if it holds once in all, write "
                f"`When {a(rows.text_noun)} has been ...`.",
                Severity.WARNING,
                provision.section,
            )
