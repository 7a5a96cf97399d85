"""Documents over HTTP: what is kept and given out, to whom, and what is refused and leaves nothing behind."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import Engine
from sqlalchemy import event as on

from api.answers import Accepted
from api.contents.held import held_for
from api.contents.limits import Limits
from api.parts import tokens_from
from api.seats import SeatAsk
from tests.api.escrow import Site, site

PDF = b"%PDF-1.7\nThe deed, as signed.\n" * 50
SHA = hashlib.sha256(PDF).hexdigest()
NO_DEAL = "f" * 32
TYPE = {"Content-Type": "application/pdf"}


def digest_of(content: bytes, name: str = "sha-256") -> str:
    made = hashlib.new(name.replace("-", ""), content).digest()
    return f"{name}=:{base64.b64encode(made).decode()}:"


def put(web: Site, deal: str, content: Any = PDF, sha: str = SHA, person: str = "paul", **headers: str) -> Response:
    given = {**TYPE, **web.token(person), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return web.client.put(f"/deals/{deal}/documents/{sha}", content=content, headers=given)


def get(web: Site, deal: str, sha: str = SHA, person: str = "erin", **headers: str) -> Response:
    given = {**web.token(person), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return web.client.get(f"/deals/{deal}/documents/{sha}", headers=given)


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


def files(web: Site) -> list[Path]:
    return [each for each in Path(web.settings.document_place).rglob("*") if each.is_file()]


# ---------------------------------------------------------------- in and out


def test_what_is_put_there_is_given_out_to_each_party_of_the_deal(web: Site) -> None:
    deal = web.open()

    made = put(web, deal)

    url = f"/deals/{deal}/documents/{SHA}"
    assert (made.status_code, made.headers["Location"]) == (201, url)
    assert made.json() == {"sha256": SHA, "size": len(PDF), "mediaType": "application/pdf", "url": url}
    for person in ("paul", "erin", "nina", "david"):
        assert get(web, deal, person=person).content == PDF


def test_it_is_saved_by_a_browser_and_neither_shown_nor_run(web: Site) -> None:
    deal = web.open()
    put(web, deal)

    found = get(web, deal).headers

    assert found["Content-Disposition"] == f'attachment; filename="{SHA[:16]}.pdf"'
    assert found["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in found["Content-Security-Policy"]
    assert "default-src 'none'" in found["Content-Security-Policy"]
    assert found["Cache-Control"] == "private, no-cache"
    assert found["Content-Type"] == "application/pdf"


def test_the_same_sent_again_is_kept_once(web: Site) -> None:
    deal = web.open()

    answers = [put(web, deal), put(web, deal), put(web, deal, person="nina")]

    assert [each.status_code for each in answers] == [201, 200, 200]
    assert len({each.content for each in answers}) == 1
    (held,) = held_for(web.app.state.service.store, deal)
    assert held.person == "paul"
    assert len(files(web)) == 1


def test_a_digest_in_the_header_does_as_well_as_one_in_the_address(web: Site) -> None:
    deal = web.open()
    headers = {**TYPE, **web.token("paul"), "Content-Digest": f"{digest_of(PDF, 'sha-512')}, {digest_of(PDF)}"}

    made = web.client.post(f"/deals/{deal}/documents", content=PDF, headers=headers)

    assert (made.status_code, made.json()["sha256"]) == (201, SHA)
    assert get(web, deal).headers["Repr-Digest"] == digest_of(PDF)


# ------------------------------------------------------------------- digests


@pytest.mark.parametrize(
    ("sha", "header", "refusal"),
    [
        ("0" * 64, "", "OTHER_DIGEST"),
        (SHA, digest_of(PDF + b"x", "sha-512"), "OTHER_DIGEST"),
        (SHA, digest_of(PDF + b"x"), "BAD_DIGEST"),
        (SHA.upper(), "", "BAD_DIGEST"),
        (SHA[:40], "", "BAD_DIGEST"),
        (SHA, "sha-256=abc", "BAD_DIGEST"),
        (SHA, "sha-256=:YWJj:", "BAD_DIGEST"),
        (SHA, f"{digest_of(PDF)}, {digest_of(b'x')}", "BAD_DIGEST"),
    ],
)
def test_another_digest_than_that_of_the_document_is_refused_and_nothing_is_kept(
    web: Site, sha: str, header: str, refusal: str
) -> None:
    deal = web.open()

    answer = put(web, deal, sha=sha, **({"Content_Digest": header} if header else {}))

    assert code(answer) == (400, refusal)
    assert files(web) == []
    assert held_for(web.app.state.service.store, deal) == ()


@pytest.mark.parametrize("header", [None, "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"])
def test_without_a_digest_nothing_is_taken_and_the_answer_says_which_is_wanted(web: Site, header: str | None) -> None:
    deal = web.open()
    headers = {**TYPE, **web.token("paul"), **({"Content-Digest": header} if header else {})}

    answer = web.client.post(f"/deals/{deal}/documents", content=PDF, headers=headers)

    assert code(answer) == (400, "NO_DIGEST")
    assert answer.headers["Want-Content-Digest"] == "sha-256=10"


# ------------------------------------------------------------ who, and who not


@pytest.mark.parametrize("person", ["zoe", "olga"])
def test_a_deal_of_others_is_like_one_that_is_not_there(web: Site, person: str) -> None:
    deal = web.open()
    put(web, deal)

    for method in ("GET", "HEAD", "PUT"):
        answers = [
            web.client.request(method, f"/deals/{each}/documents/{SHA}", headers={**TYPE, **web.token(person)})
            for each in (deal, NO_DEAL, "xyz", "%00")
        ]
        assert {each.status_code for each in answers} == {404}
        for each in answers:
            each.headers.pop("x-request-id")  # of every request another one
        assert len({(each.content, str(sorted(each.headers.items()))) for each in answers}) == 1
    posted = web.client.post(f"/deals/{deal}/documents", content=PDF, headers={**TYPE, **web.token(person)})
    assert posted.content == get(web, NO_DEAL, person=person).content
    assert get(web, deal, "0" * 64).content == posted.content


def test_a_stranger_costs_no_more_for_a_deal_that_is_there(web: Site) -> None:
    deal, asked = web.open(), dict[str, list[str]]()
    put(web, deal)
    for each in (deal, NO_DEAL):
        with statements() as noted:
            get(web, each, person="zoe")
            put(web, each, person="zoe")
        asked[each] = noted

    assert asked[deal] == asked[NO_DEAL] != []


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the databases are asked meanwhile."""
    noted: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if "membership" in statement or "content" in statement:
            noted.append(statement)

    on.listen(Engine, "before_cursor_execute", note)
    try:
        yield noted
    finally:
        on.remove(Engine, "before_cursor_execute", note)


def test_content_is_given_out_for_the_deal_that_it_was_put_into_and_no_other(web: Site) -> None:
    first, second = web.open(), web.open(key="second")
    put(web, first)

    assert get(web, second).status_code == 404
    assert put(web, second).status_code == 201
    assert get(web, second).content == PDF
    assert len(files(web)) == 1


def test_who_is_nobody_or_an_operator_or_has_left_gets_nothing(web: Site) -> None:
    deal, service = web.open(), web.app.state.service
    put(web, deal, person="petra")
    url = f"/deals/{deal}/documents/{SHA}"
    token = tokens_from(web.settings).issue("keeper", web.clock.now(), timedelta(days=1), operator=True)

    assert isinstance(service.seat("paul", SeatAsk(deal, "Purchaser", "petra", False), "leave"), Accepted)

    nobody, bad = web.client.get(url), web.client.get(url, headers={"Authorization": "Bearer x"})
    assert (code(nobody), code(bad)) == ((401, "UNAUTHENTICATED"), (401, "UNAUTHENTICATED"))
    assert nobody.headers["WWW-Authenticate"] == "Bearer"
    assert code(web.client.get(url, headers={"Authorization": f"Bearer {token}"})) == (403, "FORBIDDEN")
    assert get(web, deal, person="petra").status_code == put(web, deal, person="petra").status_code == 404


def test_who_was_given_a_document_is_on_record(web: Site) -> None:
    deal, service = web.open(), web.app.state.service
    put(web, deal)
    get(web, deal, person="david")
    get(web, deal, person="zoe")
    service.access.journal.flush()

    found = service.readings("erin", deal).lines

    assert [(each.person, each.fields) for each in found] == [("david", f"document {{ {SHA} }}")]


def test_a_document_that_is_gone_or_damaged_on_our_side_is_not_given_out(web: Site) -> None:
    deal = web.open()
    put(web, deal)
    (file,) = files(web)

    file.write_bytes(PDF[:-1])
    damaged = get(web, deal)
    file.unlink()
    missing = get(web, deal)

    assert [code(damaged), code(missing)] == [(500, "DAMAGED")] * 2
    assert put(web, deal).status_code == 200
    assert get(web, deal).content == PDF


def test_where_documents_cannot_be_reached_it_is_said_and_nothing_of_what_is_inside(web: Site) -> None:
    deal = web.open()
    put(web, deal)
    Path(web.settings.document_place).rename(web.settings.document_place + ".away")
    Path(web.settings.document_place).write_text("no folder", encoding="utf-8")

    for answer in (get(web, deal), put(web, deal)):
        assert code(answer) == (503, "BUSY")
        assert "deals.db" not in answer.text
        assert answer.headers["Retry-After"] == "1"


# ------------------------------------------------------------------ the limits


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Site]:
    """A site where a document has at most 2,000 bytes, and all of a person 3,000."""
    with site(tmp_path, documents=Limits(largest=2000, per_person=3000, at_once=1)) as web:
        yield web


def test_what_is_too_large_is_refused_whether_it_says_so_or_not(small: Site) -> None:
    deal, content = small.open(), b"x" * 2001
    sha = hashlib.sha256(content).hexdigest()

    def pieces() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * 667

    told = [put(small, deal, each, sha) for each in (content, pieces())]

    assert [code(each) for each in told] == [(413, "TOO_LARGE")] * 2
    assert files(small) == []
    assert put(small, deal, content[:2000], hashlib.sha256(content[:2000]).hexdigest()).status_code == 201


def test_a_person_has_so_much_and_others_have_theirs(small: Site) -> None:
    deal = small.open()

    def one(number: int, person: str) -> Response:
        content = bytes([number]) * 1500
        return put(small, deal, iter([content]), hashlib.sha256(content).hexdigest(), person)

    assert [one(1, "paul").status_code, one(2, "paul").status_code] == [201, 201]
    assert code(one(3, "paul")) == (403, "QUOTA")
    assert one(1, "paul").status_code == 200
    assert one(3, "nina").status_code == 201
    assert len(files(small)) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [("Content-Type", "text/html"), ("Content-Type", "nonsense"), ("Content-Encoding", "gzip")],
)
def test_a_type_that_is_not_allowed_is_refused(web: Site, name: str, value: str) -> None:
    deal = web.open()

    assert code(put(web, deal, **{name: value})) == (415, "BAD_TYPE")
    assert files(web) == []


# --------------------------------------------------------------- parts of it


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=100-", 206, 100, len(PDF)),
        ("bytes=-7", 206, len(PDF) - 7, len(PDF)),
        ("bytes=1400-99999", 206, 1400, len(PDF)),
        ("bytes=-99999", 206, 0, len(PDF)),
        ("bytes=5-2", 200, 0, len(PDF)),
        ("bytes=0-1,4-5", 200, 0, len(PDF)),
        ("lines=0-1", 200, 0, len(PDF)),
    ],
)
def test_a_part_can_be_asked_for(web: Site, asked: str, status: int, start: int, end: int) -> None:
    deal = web.open()
    put(web, deal)

    found = get(web, deal, Range=asked)

    assert (found.status_code, found.content) == (status, PDF[start:end])
    wanted = f"bytes {start}-{end - 1}/{len(PDF)}" if status == 206 else None
    assert found.headers.get("Content-Range") == wanted


@pytest.mark.parametrize("asked", [f"bytes={len(PDF)}-", "bytes=-0"])
def test_a_part_that_is_not_there_is_told(web: Site, asked: str) -> None:
    deal = web.open()
    put(web, deal)

    found = get(web, deal, Range=asked)

    assert (found.status_code, found.headers["Content-Range"]) == (416, f"bytes */{len(PDF)}")


def test_who_has_it_already_is_told_so(web: Site) -> None:
    deal = web.open()
    put(web, deal)
    etag = get(web, deal).headers["ETag"]

    same = get(web, deal, If_None_Match=f'"x", W/{etag}')
    other = get(web, deal, If_None_Match='"x"')
    part = get(web, deal, Range="bytes=0-0", If_Range='"x"')
    head = web.client.head(f"/deals/{deal}/documents/{SHA}", headers=web.token("erin"))

    assert etag == f'"{SHA}"'
    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)
    assert (part.status_code, part.content) == (200, PDF)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(PDF)))
    assert get(web, deal, person="zoe", If_None_Match=etag).status_code == 404
