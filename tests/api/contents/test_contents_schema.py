"""A paper names a file by its hash, and the API says whether the file is held, and where to get it."""

import hashlib
from pathlib import Path
from typing import Any

from api.contents.folder import Folder
from api.contents.held import erase
from tests.api.contents.test_documents import PDF, SHA, put
from tests.api.escrow import Site, nodes

CONTENT = "sha256 held url mediaType size heldAt putBy erasedAt"
ENTRY = f"query ($d: ID!, $n: String!) {{ deal(id: $d) {{ entry(name: $n) {{ digest contents {{ {CONTENT} }} }} }} }}"
ALL = f"""query ($d: ID!, $named: Boolean, $after: String, $first: Int! = 100) {{
  deal(id: $d) {{ contents(named: $named, after: $after, first: $first) {{ edges {{ cursor node {{ {CONTENT} }} }} }}
  entries {{ edges {{ node {{ name contents {{ sha256 held }} }} }} }}
  documents {{ kind entry {{ contents {{ sha256 }} }} }} }} }}"""
OTHER = b"another paper"
OTHER_SHA = hashlib.sha256(OTHER).hexdigest()
NOTHING = {"held": False, "url": None, "mediaType": None, "size": None, "heldAt": None, "putBy": None, "erasedAt": None}


def dispute(web: Site, deal: str, name: str, grounds: str) -> None:
    """Andy raises a dispute whose grounds are these."""
    found = web.act(deal, "andy", f'present the Dispute "{name}" stating Grounds as "{grounds}"')
    assert found["__typename"] == "Accepted", found


def test_a_paper_tells_whether_the_files_it_names_are_held(web: Site) -> None:
    deal = web.open()
    web.close(deal, 12)
    put(web, deal)
    dispute(web, deal, "D-1", f"see sha256:{SHA.upper()} and sha256:{OTHER_SHA}, and again sha256:{SHA}")

    found = web.data(ENTRY, "nina", d=deal, n="D-1")["deal"]["entry"]["contents"]

    held = {
        "sha256": SHA, "held": True, "url": f"/deals/{deal}/documents/{SHA}", "mediaType": "application/pdf",
        "size": str(len(PDF)), "putBy": "paul", "erasedAt": None,
    }  # fmt: skip
    assert found[0].pop("heldAt").startswith("2005-09-01T")
    assert found == [held, {"sha256": OTHER_SHA, **NOTHING}]
    assert web.client.get(found[0]["url"], headers=web.token("nina")).content == PDF


def test_who_signs_a_paper_signs_the_file_that_it_names(web: Site) -> None:
    """The digest of a paper is another one as soon as one digit of a hash in it is."""
    deal = web.open()
    web.close(deal, 12)
    for name, sha in (("D-1", SHA), ("D-2", SHA), ("D-3", OTHER_SHA)):
        dispute(web, deal, name, f"sha256:{sha}")

    first, same, other = (web.data(ENTRY, d=deal, n=each)["deal"]["entry"]["digest"] for each in ("D-1", "D-2", "D-3"))

    assert first == same != other


def test_what_is_no_name_of_a_file_is_none(web: Site) -> None:
    deal = web.open()
    web.close(deal, 12)
    put(web, deal)
    dispute(web, deal, "D-1", f"{SHA} personal:{SHA} sha256:{SHA}0 sha256:{SHA[:-1]}")

    assert web.data(ENTRY, d=deal, n="D-1")["deal"]["entry"]["contents"] == []


def test_what_is_held_for_a_deal_is_listed_named_or_not(web: Site) -> None:
    deal = web.open()
    web.close(deal, 12)
    put(web, deal)
    put(web, deal, OTHER, OTHER_SHA)
    dispute(web, deal, "D-1", f"sha256:{SHA}")

    def edges(**more: Any) -> dict[str, str]:
        found = web.data(ALL, d=deal, **more)["deal"]["contents"]["edges"]
        return {each["node"]["sha256"]: each["cursor"] for each in found}

    def listed(**more: Any) -> list[str]:
        return list(edges(**more))

    assert listed() == sorted((SHA, OTHER_SHA))
    assert (listed(named=True), listed(named=False)) == ([SHA], [OTHER_SHA])
    assert listed(after=edges()[min(SHA, OTHER_SHA)]) == [max(SHA, OTHER_SHA)]
    assert listed(first=1) == [min(SHA, OTHER_SHA)]
    deal_of = web.data(ALL, d=deal)["deal"]
    assert {each["name"]: each["contents"] for each in nodes(deal_of["entries"])}["D-1"] == [
        {"sha256": SHA, "held": True}
    ]
    assert all(each["entry"]["contents"] == [] for each in deal_of["documents"] if each["entry"])


def test_a_file_of_another_deal_is_not_told_of(web: Site) -> None:
    first, second = web.open(), web.open(key="second")
    web.close(second, 12)
    put(web, first)
    dispute(web, second, "D-1", f"sha256:{SHA}")

    assert web.data(ENTRY, d=second, n="D-1")["deal"]["entry"]["contents"] == [{"sha256": SHA, **NOTHING}]
    assert web.data(ALL, d=second)["deal"]["contents"]["edges"] == []


def test_of_what_was_erased_the_hash_and_the_instant_are_left(web: Site) -> None:
    deal, store = web.open(), web.app.state.service.store
    web.close(deal, 12)
    put(web, deal)
    dispute(web, deal, "D-1", f"sha256:{SHA}")
    erase(store, Folder(Path(web.settings.document_place)), SHA, web.clock.now())

    (found,) = web.data(ENTRY, d=deal, n="D-1")["deal"]["entry"]["contents"]

    assert found.pop("heldAt") is not None
    assert found.pop("erasedAt") is not None
    assert found == {"sha256": SHA, "held": False, "url": None, "mediaType": None, "size": None, "putBy": None}
