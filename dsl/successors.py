"""Which duty of an amended text takes the place of which before it: a section in two texts in, one key for both out.

A duty goes on under the words that replace its own where these are about the same act: of the same people, to the same,
for the same entries, on the same condition. Its amount and its time may be others.
"""

from collections.abc import Iterable
from dataclasses import replace

from dsl import terms as t

Known = tuple[str, str]
"""The key of a duty, and what makes another one the same act."""


def duties(provisions: Iterable[t.Provision]) -> tuple[Known, ...]:
    """The duties of a text, each with what it is about."""
    return tuple((each.key, _about(each)) for each in provisions if isinstance(each.statement, t.Duty))


def succeeding(terms: t.Terms, before: tuple[Known, ...]) -> t.Terms:
    """The amended text, in which a duty has the key of the one in whose place it stands."""
    kept = {each.key for each in terms.provisions}
    gone = {key: about for key, about in before if key not in kept}
    known = {key for key, _ in before}
    found: dict[str, str] = {}
    for key, about in duties(terms.provisions):
        old = next((each for each, was in gone.items() if was == about), None)
        if key not in known and old is not None:
            found[key] = old
            del gone[old]
    provisions = tuple(replace(each, key=found.get(each.key, each.key)) for each in terms.provisions)
    return replace(terms, provisions=provisions) if found else terms


def _about(provision: t.Provision) -> str:
    duty = provision.statement
    assert isinstance(duty, t.Duty)
    trigger = provision.trigger.text if provision.trigger is not None else ""
    rows = provision.rows.text if provision.rows is not None else ""
    bearer = duty.bearer.text if duty.bearer is not None else ""
    whose = (provision.section, rows, provision.latches, trigger, duty.bearers, bearer, duty.jointly)
    return repr((*whose, _act(duty.act)))


def _act(act: t.Act | t.Ensure) -> tuple[object, ...]:
    """What is to be done, but for how much."""
    match act:
        case t.Move():
            payee = act.payee.text if act.payee is not None else ""
            plan = act.plan.text if act.plan is not None else ""
            return ("move", act.verb, act.fund, act.into, plan, act.payees, act.purpose, payee)
        case t.Enter():
            about = act.about.text if act.about is not None else ""
            return ("enter", act.verb, act.kinds, about, act.to, act.send)
        case t.Hold():
            about = act.about.text if act.about is not None else ""
            return ("hold", act.fund, act.of_amount, about, act.lifts)
        case t.Ensure():
            return ("ensure", act.condition.text)
