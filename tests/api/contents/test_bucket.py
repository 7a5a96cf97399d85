"""Content in a bucket does what content in a folder does. It needs the extra `s3`, which the tests have."""

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.contents import Contents
from api.contents.limits import Limits
from api.contents.places import contents_in
from api.contents.uploads import taken
from api.settings import WrongSetting
from tests.api.contents.buckets import Shop, shop
from tests.api.contents.test_documents import PDF, SHA, get, put
from tests.api.escrow import site

PLACE = "s3://papers/of/deals"
LARGE = b"0123456789abcdef" * 1024 * 1024


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An S3-compatible service that the environment names."""
    with shop() as (inside, address):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_REGION", "here")
        yield inside


def test_what_is_taken_is_in_the_bucket_under_its_hash(service: Shop, tmp_path: Path) -> None:
    bucket: Contents = contents_in(PLACE, tmp_path / "incoming")

    assert bucket.size(SHA) is None
    assert taken(bucket, [PDF], 10_000, {"sha-256": SHA}) == (SHA, len(PDF))

    assert service.objects == {f"of/deals/{SHA}": PDF}
    assert bucket.size(SHA) == len(PDF)
    assert b"".join(bucket.read(SHA, 0, len(PDF))) == PDF
    assert b"".join(bucket.read(SHA, 3, 20)) == PDF[3:20]
    assert [(each.sha256, each.size, each.at) for each in bucket.all()] == [
        (SHA, len(PDF), datetime(2026, 3, 2, 12, tzinfo=UTC))
    ]
    assert list((tmp_path / "incoming").iterdir()) == []
    assert (bucket.remove(SHA), bucket.remove(SHA), service.objects) == (True, False, {})
    with pytest.raises(FileNotFoundError):
        list(bucket.read(SHA, 0, 1))


def test_a_large_document_goes_there_in_parts(service: Shop, tmp_path: Path) -> None:
    bucket, sha = contents_in(PLACE, tmp_path / "incoming"), hashlib.sha256(LARGE).hexdigest()

    taken(bucket, [LARGE], len(LARGE), {})

    assert service.objects == {f"of/deals/{sha}": LARGE}
    assert service.asked.count(f"PUT of/deals/{sha}") > 1


def test_a_document_of_a_deal_is_kept_in_the_bucket_and_given_out_of_it(service: Shop, tmp_path: Path) -> None:
    with site(tmp_path, documents=Limits(place=PLACE)) as web:
        deal = web.open()

        assert put(web, deal).status_code == 201
        assert get(web, deal, Range="bytes=0-4").content == PDF[:5]
        assert get(web, deal, person="zoe").status_code == 404
        assert list(service.objects.values()) == [PDF]


def test_a_bucket_that_lets_nobody_in_is_told(service: Shop, tmp_path: Path) -> None:
    service.down = True
    bucket = contents_in(PLACE, tmp_path / "incoming")

    with pytest.raises(OSError, match="the bucket cannot be used"):
        taken(bucket, [PDF], 10_000, {})

    assert list((tmp_path / "incoming").iterdir()) == []


def test_without_the_extra_a_bucket_is_refused_and_what_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.delitem(sys.modules, "api.contents.bucket", raising=False)

    with pytest.raises(WrongSetting, match=r"clausula\[s3\]"):
        contents_in(PLACE, tmp_path)


def test_an_address_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="not `gs://papers`"):
        contents_in("gs://papers", tmp_path)
