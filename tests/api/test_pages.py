"""Long lists come a page at a time, and what comes between two pages is neither told twice nor left out."""

from typing import Any

import pytest

from tests.api.contents.test_documents import put
from tests.api.escrow import Site, nodes

PAGE = """query ($d: ID!, $first: Int! = 50, $after: String, $kind: String) { deal(id: $d) {
  entries(first: $first, after: $after, kind: $kind) { edges { cursor node { id name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  movements(first: $first, after: $after) { edges { cursor node { section amount { text } } } pageInfo { hasNextPage } }
} }"""
EARLY = "2005-09-01T14:00:20Z"


def entries(web: Site, deal: str, **page: Any) -> Any:
    return web.data(PAGE, d=deal, **page)["deal"]["entries"]


def names(page: Any) -> list[str]:
    return [each["name"] for each in nodes(page)]


def test_pages_meet_without_a_gap_and_say_where_they_stand(web: Site) -> None:
    deal = web.open()
    web.close(deal)
    whole = entries(web, deal)
    seen: list[str] = []
    after, more = None, True

    while more:
        page = entries(web, deal, first=3, after=after)
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (after is not None)
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        seen, after, more = [*seen, *names(page)], info["endCursor"], info["hasNextPage"]

    assert seen == names(whole)
    assert len(seen) == len(set(seen)) > 6
    assert "JI-1" in seen
    assert entries(web, deal, after=after) == {
        "edges": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None},
    }


def test_a_fact_that_comes_late_between_two_pages_doubles_nothing_and_hides_nothing(web: Site) -> None:
    """It is put in its place, which is before where the first page ended, and moves all that came after it by one."""
    deal = web.open()
    web.close(deal)
    first = entries(web, deal, first=2)
    rest = names(entries(web, deal, after=first["pageInfo"]["endCursor"]))

    late = web.act(deal, "andy", 'present the Dispute "D-1" stating Grounds as "late"', at=EARLY)

    assert late["__typename"] == "Accepted"
    assert names(entries(web, deal))[0] == "D-1"
    assert names(entries(web, deal, after=first["pageInfo"]["endCursor"])) == rest


def test_what_is_asked_for_by_kind_has_the_cursors_of_the_whole_list(web: Site) -> None:
    deal = web.open()
    web.close(deal)
    whole = {each["node"]["name"]: each["cursor"] for each in entries(web, deal)["edges"]}

    (of_kind,) = entries(web, deal, kind="Joint Instruction")["edges"]

    assert of_kind["cursor"] == whole["JI-1"]
    assert entries(web, deal, kind="Joint Instruction", after=of_kind["cursor"])["edges"] == []


def test_money_that_moved_comes_in_pages_too(web: Site) -> None:
    """Twelve million come in under 2.3, and go out in four payments under 3.1(a)."""
    deal = web.open()
    web.close(deal)

    first = web.data(PAGE, d=deal, first=2)["deal"]["movements"]
    rest = web.data(PAGE, d=deal, after=first["edges"][-1]["cursor"])["deal"]["movements"]

    assert [(each["section"], each["amount"]["text"]) for each in nodes(first)] == [
        ("2.3", "USD 12,000,000.00"), ("3.1(a)", "USD 450,000.00"),
    ]  # fmt: skip
    assert [each["amount"]["text"] for each in nodes(rest)] == [
        "USD 25,000.00", "USD 1,525,000.00", "USD 10,000,000.00",
    ]  # fmt: skip
    assert (first["pageInfo"], rest["pageInfo"]) == ({"hasNextPage": True}, {"hasNextPage": False})


@pytest.mark.parametrize("what", ["norms", "checklists"])
def test_what_grows_with_the_entries_comes_in_pages_too(web: Site, what: str) -> None:
    """Each claim brings duties and conditions of its own; one that comes late between two pages moves none of them."""
    deal = web.open()
    web.close(deal, 12)
    for number in (1, 2):
        claim = f'present the Expense Claim "E-{number}" stating Amount as USD {number},500.00 and Cause as "courier"'
        assert web.act(deal, "erin", claim)["__typename"] == "Accepted"
    query = f"""query ($d: ID!, $first: Int! = 50, $after: String) {{ deal(id: $d) {{
      {what}(first: $first, after: $after) {{ edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage }} }} }} }}"""

    def page(**more: Any) -> Any:
        return web.data(query, d=deal, **more)["deal"][what]

    whole = [each["id"] for each in nodes(page())]
    first = page(first=len(whole) - 2)
    late = 'present the Expense Claim "E-0" stating Amount as USD 500.00 and Cause as "stamps"'
    assert web.act(deal, "erin", late, at=EARLY)["__typename"] == "Accepted"
    rest = page(after=first["edges"][-1]["cursor"])

    assert (first["pageInfo"], rest["pageInfo"]) == ({"hasNextPage": True}, {"hasNextPage": False})
    seen = [each["id"] for each in (*nodes(first), *nodes(rest))]
    assert len(seen) == len(set(seen))
    assert set(whole) <= set(seen)


@pytest.mark.parametrize("field", ["entries", "movements", "contents", "changes", "norms", "checklists"])
@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("first: 0", "BAD_PAGE"), ("first: 101", "BAD_PAGE"), ("first: -1", "BAD_PAGE"),
        ('after: "MQ"', "BAD_CURSOR"), ('after: "nonsense"', "BAD_CURSOR"), ('after: ""', "BAD_CURSOR"),
        ('after: "W3RydWUsIDFd"', "BAD_CURSOR"),  # [true, 1]
        ('after: "WzEsIG51bGxd"', "BAD_CURSOR"),  # [1, null]
    ],
)  # fmt: skip
def test_a_page_that_there_cannot_be_is_refused(web: Site, field: str, page: str, code: str) -> None:
    deal = web.open()

    assert web.code(f'{{ deal(id: "{deal}") {{ {field}({page}) {{ edges {{ cursor }} }} }} }}') == code


def test_a_cursor_of_another_list_is_refused(web: Site) -> None:
    """Entries are told apart by their order at a time, and contents by their hash."""
    deal = web.open()
    web.close(deal, 12)
    put(web, deal)
    found = web.data(
        f'{{ deal(id: "{deal}") {{ entries {{ edges {{ cursor }} }} contents {{ edges {{ cursor }} }} }} }}'
    )["deal"]
    entry, content = (found[each]["edges"][0]["cursor"] for each in ("entries", "contents"))

    for field, cursor in (("entries", content), ("contents", entry)):
        asked = f'{{ deal(id: "{deal}") {{ {field}(after: "{cursor}") {{ edges {{ cursor }} }} }} }}'
        assert web.code(asked) == "BAD_CURSOR"
