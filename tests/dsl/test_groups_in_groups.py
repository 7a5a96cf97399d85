"""Groups of groups of groups cost what they say, however deep they go and however often a group is in two others."""

import pytest

from api.editions import compile_text
from dsl.compile import Agreement
from tests.laws.work import calls

BEGIN = """Agreement "Deep".
  The time zone is "America/New_York".

Clause 1 "Who":
  "Ann" means a party.
  "Bob" means a party.
"""
END = """
  "Paper" means a document, signed by the Upper L{last}.

Clause 2 "End":
  When a Paper has been completed, then this agreement terminates.
"""


def agreement(levels: int, rule: str, twice: bool) -> Agreement:
    """Each group holds the one below it and another, or that one `twice`, by two ways."""
    lines = []
    for level in range(levels):
        upper, lower = (f"Upper L{level - 1}", f"Lower L{level - 1}") if level else ("Ann", "Bob")
        lines.append(f'  "Upper L{level}" means a group of the {upper} and the {lower if twice else "Bob"}, {rule}.')
        if twice and level < levels - 1:
            lines.append(f'  "Lower L{level}" means a group of the {lower} and the {upper}, {rule}.')
    found = compile_text(BEGIN + "\n".join(lines) + END.format(last=levels - 1), "deep.clause").agreement
    assert found is not None
    return found


@pytest.mark.parametrize("rule", ["acting by any of them", "acting by each of them"])
def test_a_group_that_is_in_two_others_is_looked_at_once(rule: str) -> None:
    law = agreement(40, rule, twice=True)

    def asked() -> None:
        assert law.members("Upper L39") == ("Ann", "Bob")
        assert law.speaks_for("Bob", "Upper L39") == ("any" in rule)
        assert not law.speaks_for("Carl", "Upper L39")

    assert calls(asked) < 1000


def test_a_chain_of_groups_has_no_end_that_matters() -> None:
    law = agreement(1200, "acting by any of them", twice=False)

    assert law.members("Upper L1199") == ("Ann", "Bob")
    assert law.speaks_for("Ann", "Upper L1199")
