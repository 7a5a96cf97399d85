"""A step of a scenario for machines, as `clausula run --json` prints it."""

from typing import Any

from api.cli.output import reason_json
from api.cli.steps import Step
from dsl.events import Acted, Malformed, Refused
from dsl.views import movements
from dsl.views.checklists import Item


def step_json(step: Step) -> dict[str, Any]:
    """One step with all that came of it."""
    moved = {each.number: each for each in movements(step.state)}
    return {
        "step": step.number,
        "at": step.at.isoformat(),
        "text": step.words,
        "inherited": step.inherited,
        "answer": _answer_json(step),
        "changes": [
            {"at": each.at.isoformat(), "section": each.section, "text": each.text, "cause": each.cause}
            for each in step.changes
        ],
        "papers": [{"names": list(each.names), "missing": list(each.missing)} for each in step.papers],
        "movements": [
            {
                "verb": each.verb,
                "amount": str(each.amount),
                "from": each.source,
                "to": each.target,
                "section": each.section,
                "about": moved[each.number].about,
            }
            for each in step.movements
        ],
        "balances": {key: str(amount) for key, amount in step.state.balances.items()},
        "checklists": [
            {
                "section": each.section,
                "about": each.about,
                "met": each.met,
                "items": [_item_json(i) for i in each.condition.items],
            }
            for each in step.checklists
        ],
        "expected": [{"text": each.text, "met": each.met} for each in step.expected],
        "ok": not step.failures,
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "label": item.label,
        "section": item.path,
        "text": item.text,
        "truth": item.truth.value,
        "waits": [wait.text for wait in item.waits],
        "items": [_item_json(each) for each in item.items],
    }


def _answer_json(step: Step) -> dict[str, Any]:
    match step.answer:
        case Acted(section=section):
            return {"accepted": True, "section": section}
        case Refused(section=section, summary=summary, reasons=reasons):
            return {
                "accepted": False,
                "section": section,
                "summary": summary,
                "reasons": [reason_json(each) for each in reasons],
            }
        case Malformed(problems=problems):
            return {"accepted": False, "problems": list(problems)}
        case None:
            return {}
