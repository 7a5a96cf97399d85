"""Whoever must or may make an entry is somebody who can make it."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic
from dsl.resolve.words import a, joined
from dsl.rules.acts_of import everybody, norms
from dsl.terms import Ban, Enter, Kind, Provision, Terms


def powerless_bearers(terms: Terms) -> Iterator[Diagnostic]:
    """A duty or power to make, sign or deliver a kind that its definition lets only others make, sign or deliver.

    The duty could never be performed and the power never used: one of the two sentences names the wrong party.
    """
    for provision, norm in norms(terms):
        act = norm.act
        if isinstance(norm, Ban) or not isinstance(act, Enter):
            continue
        for name in act.kinds:
            able = _able(terms.kinds[name], act.verb)
            if norm.bearer is not None:
                if terms.kinds[name].signers and act.verb in ("sign", "make"):
                    yield _unsigned(provision, norm.bearer.text, act, terms.kinds[name])
            elif able and not everybody(terms, norm.bearers) & everybody(terms, able):
                yield Diagnostic(
                    f"{joined(norm.bearers)} cannot {act.verb} {a(name)}",
                    act.span,
                    f"only {joined(able, 'or')} can",
                    f"Section {terms.kinds[name].section} defines who can {act.verb} {a(name)}.",
                    "Change the bearer here, or the definition there.",
                    section=provision.section,
                )


def _unsigned(provision: Provision, bearer: str, act: Enter, kind: Kind) -> Diagnostic:
    """Who signs is named in the definition, and nobody signs in the place of a name."""
    return Diagnostic(
        f"{bearer} cannot sign {a(kind.name)}",
        act.span,
        f"only {joined(kind.signers, 'or')} can",
        f"Section {kind.section} names who signs {a(kind.name)}, and a signature is that of somebody named there.",
        f"Define {a(kind.name)} as something made by one act, such as a claim, without `signed by`.",
        section=provision.section,
    )


def _able(kind: Kind, verb: str) -> tuple[str, ...]:
    """Who can do this with an entry of the kind; nobody named means that nothing is said."""
    if verb == "deliver":
        return kind.deliverers or (*kind.signers, *kind.makers)
    return (*kind.signers, *kind.makers)
