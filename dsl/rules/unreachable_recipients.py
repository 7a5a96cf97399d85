"""A notice can be sent to everybody it is addressed to."""

from collections.abc import Iterator

from dsl.diagnostics import Diagnostic, Severity
from dsl.presets import PRESETS
from dsl.resolve.words import a, joined
from dsl.rules.acts_of import name_at
from dsl.terms import Kind, NoticeRule, Terms


def unreachable_recipients(terms: Terms) -> Iterator[Diagnostic]:
    """A notice with a recipient who has no address for any of the channels that the notice rule allows.

    Such a notice can never be sent in the way the agreement asks for, so whatever waits for it waits for ever. This is
    shown as open, not as a mistake, because it is so in many a signed paper: a fax number left blank.
    """
    rule = terms.notice_rule
    if rule is None:
        return
    for kind in terms.kinds.values():
        if PRESETS[kind.preset].sent:
            yield from _of(kind, rule, terms)


def _of(kind: Kind, rule: NoticeRule, terms: Terms) -> Iterator[Diagnostic]:
    reached = {each.recipient for each in terms.addresses if each.channel in rule.channels and each.address is not None}
    missing = [name for recipient in kind.recipients for name in _unreached(recipient, reached, terms)]
    if missing:
        yield Diagnostic(
            f"{kind.name} cannot reach {joined(dict.fromkeys(missing))}",
            name_at(kind.name, kind.span),
            f"no address for {joined(rule.channels, 'or')}",
            f"Section {rule.section} has every notice sent by {joined(rule.channels, 'or')}, "
            f"and {kind.name} is {a(kind.preset)}.",
            f'Add `The address of {missing[0]} for {rule.channels[0]} is "..."`, or have the blank filled.',
            Severity.OPEN,
            kind.section,
        )


def _unreached(recipient: str, reached: set[str], terms: Terms) -> tuple[str, ...]:
    """Whoever of a recipient cannot be reached; an address of a group serves all its members."""
    unreached: list[str] = []
    waiting = [recipient]
    while waiting:
        name = waiting.pop(0)
        if name in reached:
            continue
        inner = terms.parties[name].members
        waiting += inner
        unreached += [] if inner else [name]
    return tuple(unreached)
