"""The scenarios of a shipped agreement lead to the same states, whatever machine, language and zone plays them."""

from api.agreements import shipped
from tests.api.bad_days.test_replays import ALIKE_IN_NOTHING, digests
from tests.api.bad_days.trying import Tried

ALL = (*ALIKE_IN_NOTHING, ("1", "America/St_Johns", "de_DE.UTF-8"), ("2", "UTC", "C"))


def test_scenarios_lead_to_the_same_states_everywhere(tried: Tried) -> None:
    told = digests("rehearsing", [shipped() / "milestone_job"], ALL)

    assert len(set(told)) == 1
    tried(processes=len(told), different=0)
