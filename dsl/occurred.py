"""How a figure was worked out that an entry states which has come about by itself: it was fixed then, and stays."""

import re
from datetime import datetime

from dsl import terms as t
from dsl.compile import Agreement
from dsl.given import ONLY
from dsl.judge import Judge
from dsl.ledger import unpaid
from dsl.naming import is_of
from dsl.norms import judge_for
from dsl.past import rewound
from dsl.state import Entry, State


def figure_then(judge: Judge, entry: Entry, field: str) -> tuple[Judge, t.Value] | None:
    """The value that its sentence states, and a judge of how the deal stood when it happened.

    None if nobody can tell any more: the clause has been amended, or what else came at that instant would make another
    figure of it.
    """
    law, state = judge.agreement, judge.state
    provision = next((each for each in law.provisions if is_of(entry, each.key)), None)
    if provision is None or not isinstance(provision.statement, t.Occurs):
        return None
    named = re.findall(r'"([^"]*)"', entry.origin.partition(ONLY)[0])
    rows = [found for name in named for found in state.named(name)[:1]]
    value = dict(provision.statement.fields).get(field)
    if value is None or len(rows) != (provision.rows is not None) + (provision.every is not None):
        return None
    row = rows[0] if provision.rows is not None else None
    then = judge_for(law, without_own(law, state, provision, row, entry.at), provision, row)
    for each in rows:
        then = then.with_row(each)
    return (then, value) if then.values.value(value) == entry.content(field) else None


def without_own(law: Agreement, state: State, provision: t.Provision, row: Entry | None, at: datetime) -> State:
    """The state as it stood when a sentence was carried out, but for what the sentence itself did then."""
    then = rewound(state, at)
    keys, number = law.sentence_of(provision.key), row.number if row is not None else None
    paid = tuple(each for each in then.postings if each.provision in keys and each.row == number and each.at == at)
    made = tuple(
        entry
        for key in keys
        if isinstance(occurs := law.by_key[key].statement, t.Occurs)
        for entry in then.of_kind(occurs.kind)
        if entry.at >= at and is_of(entry, key)
    )
    return unpaid(law, then, paid).without((), made)
