"""How a section and a provision stand, as a reason: in force, happened, or not yet, and what that waits for.

Of what would happen by itself that is found by letting it be `carried_out`.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl import terms as t
from dsl.beyond import fell_away
from dsl.compile import FAILING, Agreement, covers, survives
from dsl.consequences import Carrying
from dsl.edges import suspended, unmet
from dsl.fallen import fallen_ground
from dsl.judge import Judge
from dsl.lapsed import lapsed_at
from dsl.lateness import open_lateness
from dsl.norms import judge_for, no_longer, rows_of
from dsl.owed import amount_gap
from dsl.performance import too_early
from dsl.reasons import Reason, Truth, Wait, either
from dsl.restated import restated_for
from dsl.saying import say_instant
from dsl.sections import answering, clause_of, no_section, section_named, without_provisions
from dsl.standing import NOT_DISPLACED, displaced, once_met, standing, without_rows
from dsl.state import Entry, Norm, State, key_of


def explained_section(law: Agreement, state: State, asked_for: str, carried_out: Carrying) -> Reason:
    """How the provisions of a section stand, or those that name an item."""
    number = section_named(law, asked_for)
    if number is None:
        return Reason(Truth.FALSE, " ".join(no_section(law, asked_for)))
    clause, asked = clause_of(law, number), answering(law, number)
    children = []
    judge = Judge(law, state, state.now)
    for provision in law.provisions:
        if covers(asked, provision.cited):
            rows = explained_rows(law, state, provision, judge, carried_out)
            none = provision.rows is not None and not rows_of(law, state, provision, judge)
            above = frozenset({provision.key})
            children += [_down_to_acts(judge, each, above, carried_out) for each in rows] if none else rows
    about = tuple(dict.fromkeys(_citing(tuple(children), number))) if number != asked else ()
    if about:
        return Reason(about[0].truth, number, number, children=about)
    text = clause.title if clause is not None and clause.section == asked else f"section {number}"
    if not children:
        return Reason(Truth.FALSE, text, asked, without_provisions(clause) if clause is not None else "")
    found = tuple(children)
    return Reason(_truth_of_all(law, state, asked, found), text, asked, children=found)


def _citing(reasons: tuple[Reason, ...], number: str) -> Iterator[Reason]:
    """The outermost of these reasons, and of those below them, that are cited by a number."""
    for reason in reasons:
        if reason.section == number:
            yield reason
        else:
            yield from _citing(reason.children, number)


def explained_rows(
    law: Agreement, state: State, provision: t.Provision, judge: Judge, carried_out: Carrying
) -> list[Reason]:
    """How a provision stands for each row, or that there is no row yet, or will be none."""
    rows = rows_of(law, state, provision, judge)
    held_back = list(_held_back(law, state, provision))
    if rows or held_back:
        return [*(_explained(law, state, provision, row, carried_out) for row in rows), *held_back]
    return [_over(provision) if _is_over(law, state, provision.cited) else without_rows(judge, provision, "dormant")]


def _held_back(law: Agreement, state: State, provision: t.Provision) -> Iterator[Reason]:
    """Why none of the recurring days that a provision ranges over comes now: their section is suspended."""
    for kind in law.recurring:
        if provision.rows is None or kind.name not in provision.rows.kinds or _is_over(law, state, kind.section):
            continue
        found = suspended(law, state, kind.section)
        if found is not None:
            note = f"section {kind.section} is suspended by section {found[0].upper}"
            yield Reason(Truth.PENDING, f"no {kind.name} comes now", kind.section, note, found[1].waits, (found[1],))


def _truth_of_all(law: Agreement, state: State, section: str, parts: tuple[Reason, ...]) -> Truth:
    """How a section stands as a whole: nothing in it is pending once the agreement has ended without it."""
    found = {part.truth for part in parts}
    if found == {Truth.TRUE}:
        return Truth.TRUE
    settled = found <= {Truth.TRUE, Truth.FALSE} and _is_over(law, state, section)
    return max(found, key=(Truth.FALSE, Truth.TRUE).index) if settled else Truth.PENDING


def _is_over(law: Agreement, state: State, section: str) -> bool:
    """Whether the agreement has ended, and the section with it."""
    return state.terminated is not None and not survives(law, section)


def _over(provision: t.Provision) -> Reason:
    return Reason(Truth.FALSE, provision.text, provision.cited, "the agreement has terminated")


def _explained(
    law: Agreement, state: State, provision: t.Provision, row: Entry | None, carried_out: Carrying
) -> Reason:
    """How a provision stands for a row, since when, and what it rests on or waits for."""
    happening = None if isinstance(provision.statement, t.Binding) else provision.statement
    key = key_of(provision.key, row.number if row else None)
    norm, latched = state.norms.get(key), state.latches.get(key)
    status = norm.status if norm is not None else "dormant"
    if happening is not None:
        lapsed = lapsed_at(state, provision.key, row.number if row else None)
        latched = lapsed or latched
        status = "superseded" if lapsed is not None else "happened" if latched is not None else "not yet"
    note = f'{status} for "{row.name}"' if row is not None else status
    note += _not_counted(judge_for(law, state, provision, row), provision, norm)
    note += _fallen_away(judge_for(law, state, provision, row), provision, row, norm)
    note += "".join(f"; {told}" for told in (restated_for(law, state, provision, row) if happening else ()))
    if status in ("dormant", "discharged", "not yet") and _is_over(law, state, provision.cited):
        return _over(provision)
    judge = judge_for(law, state, provision, row)
    why = judge.judge(provision.trigger) if provision.trigger is not None else None
    once = happening is not None or provision.latches
    if latched is not None if once else why is None:
        begun = norm.since if norm is not None else latched
        since = f" since {say_instant(begun, law.terms.zone)}" if begun is not None else ""
        fallen = fallen_ground(law, state, provision, row) if status == "happened" else ""
        since += f"; {fallen}" if fallen else ""
        stands_still = _suspended(law, state, provision, row, status)
        below = (*((why,) if why is not None else ()), *stands_still, *_result(judge, provision, norm, carried_out))
        return Reason(Truth.TRUE, provision.text, provision.cited, note + since, children=below)
    before = once_met(judge, provision, row)
    if before is not None:
        return Reason(Truth.OPEN, provision.text, provision.cited, note, children=(before,))
    if why is None and provision.key.endswith(FAILING):
        why = _not_failed(judge, provision, row)
    if happening is not None and (why is None or why.truth is Truth.TRUE):
        after = carried_out(law, state, provision, row)
        why = after if isinstance(after, Reason) else why
    stays = (*_suspended(law, state, provision, row, status), *_result(judge, provision, norm, carried_out))
    instead = displaced(judge, provision, row) if status in ("dormant", "not yet") else None
    if instead is not None and (why is None or why.truth is not Truth.FALSE):
        first = replace(instead, text=NOT_DISPLACED)
        stays, truth = (first, *((why,) if why is not None else ()), *stays), _once_it_ends(instead)
        return Reason(truth, provision.text, provision.cited, note, children=stays)
    if why is None:
        return Reason(Truth.PENDING, provision.text, provision.cited, note, children=stays)
    return Reason(why.truth, provision.text, provision.cited, note, why.waits, (why, *stays))


def _once_it_ends(instead: Reason) -> Truth:
    """What is displaced waits for that to end; what is replaced for good waits for nothing."""
    return Truth.PENDING if instead.truth is Truth.FALSE and instead.waits else instead.truth


def _suspended(
    law: Agreement, state: State, provision: t.Provision, row: Entry | None, status: str
) -> tuple[Reason, ...]:
    """Why a duty or power is suspended, or may not be acted on as an edge by condition needs something; and who can
    end that."""
    binds, judge = isinstance(provision.statement, t.Duty | t.Power), judge_for(law, state, provision, row)
    held = status in ("active", "overdue") and unmet(judge, provision.cited, row) is not None
    return (standing(law, state, provision, row),) if binds and (status == "suspended" or held) else ()


def _not_counted(judge: Judge, provision: t.Provision, norm: Norm | None) -> str:
    """That something was done before the duty began, which does not perform it, or has performed it and no longer
    does."""
    if norm is None or not norm.live or not isinstance(provision.statement, t.Duty):
        return ""
    undone = f"; {no_longer(judge.state, norm)}" if norm.by else ""
    names = tuple(f'"{entry.name}"' for entry in too_early(judge, provision.statement, norm))
    early = f"; {either(names, 'and')} came before this duty began and does not count" if names else ""
    return undone + early


def _fallen_away(judge: Judge, provision: t.Provision, row: Entry | None, norm: Norm | None) -> str:
    told = fell_away(judge, provision, row, norm)
    return f"; {told}" if told else ""


def _result(judge: Judge, provision: t.Provision, norm: Norm | None, carried_out: Carrying) -> tuple[Reason, ...]:
    """What a duty that is still owed has to bring about, and who can; of what comes by itself, what that waits for;
    and what its amount waits for."""
    act = getattr(provision.statement, "act", None)
    if norm is None or not (norm.live or norm.status == "suspended"):
        return ()
    if isinstance(act, t.Ensure):
        return (_down_to_acts(judge, judge.judge(act.condition), frozenset({provision.key}), carried_out),)
    gap = amount_gap(judge, provision, norm) if norm.live else None
    told = f"what is owed under section {provision.cited} is not known"
    return (Reason(gap.truth, told, provision.cited, waits=gap.waits),) if gap is not None else ()


_SHOWN = 3
"""Of how many rows, the latest ones, it is told what an event waits for."""


def _down_to_acts(judge: Judge, reason: Reason, above: frozenset[str], carried_out: Carrying) -> Reason:
    """A reason with, beneath every event that must come about, how the sentences stand that bring it about; each is
    told once on the way down."""
    children = [_down_to_acts(judge, child, above, carried_out) for child in reason.children]
    below = {wait for child in reason.children for wait in child.awaited()}
    kinds = {wait.about for wait in reason.waits if wait.what == "act" and wait not in below}
    for provision in judge.agreement.provisions:
        if (
            isinstance(provision.statement, t.Occurs)
            and provision.statement.kind in kinds
            and provision.key not in above
        ):
            rows = explained_rows(judge.agreement, judge.state, provision, judge, carried_out)
            waiting = [each for each in rows if each.truth is not Truth.TRUE][-_SHOWN:]
            children += [_down_to_acts(judge, each, above | {provision.key}, carried_out) for each in waiting]
    return replace(reason, children=tuple(children))


def _not_failed(judge: Judge, provision: t.Provision, row: Entry | None) -> Reason | None:
    """Why it does not follow that a duty was not performed in time: that time is not over, or it never comes to that.

    None where it does follow, as far as this goes.
    """
    duty = judge.agreement.by_key[provision.key.removesuffix(FAILING)]
    norm = judge.state.norms.get(key_of(duty.key, row.number if row else None))
    if norm is None or norm.status in ("dormant", "suspended"):
        return Reason(Truth.PENDING, provision.text, provision.cited, "the duty is not in force")
    if norm.status == "overdue":
        return None
    if norm.status != "active":
        return Reason(Truth.FALSE, provision.text, provision.cited, f"the duty is {norm.status}")
    if norm.due is None:
        return Reason(Truth.PENDING, provision.text, provision.cited, "the duty has no deadline yet")
    if norm.halted and norm.stopped is not None:
        note = f"its clock stands still since {judge.say(norm.stopped)}"
        return Reason(Truth.PENDING, provision.text, provision.cited, note)
    undecided = open_lateness(judge, duty, row) if norm.due < judge.now else None
    if undecided is not None:
        note = "it is open whether its time is over"
        return Reason(Truth.OPEN, provision.text, provision.cited, note, undecided.waits, (undecided,))
    wait = Wait("time", f"the time of section {provision.cited} to end: {judge.say(norm.due)}", at=norm.due)
    return Reason(Truth.PENDING, provision.text, provision.cited, "still in time", (wait,))
