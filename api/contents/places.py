"""What an operator writes for where content is held to the place itself: a folder, or a bucket."""

from __future__ import annotations

from pathlib import Path

from api.contents import Contents
from api.contents.folder import Folder
from api.contents.limits import BUCKET
from api.settings import Settings, WrongSetting


def contents_of(settings: Settings) -> Contents:
    """The place that settings name, or the one beside their database. Raises WrongSetting as `contents_in` does."""
    return contents_in(settings.document_place, settings.incoming)


def contents_in(place: str, incoming: Path) -> Contents:
    """A place; for a bucket, files wait in the folder `incoming` until they are whole.

    Raises WrongSetting for an address that is none, and where what a bucket needs is not installed.
    """
    if not place.startswith(BUCKET):
        if "://" in place:
            raise WrongSetting(f"CLAUSULA_DOCUMENTS is a folder or {BUCKET}BUCKET/PREFIX, and not `{place}`.")
        return Folder(Path(place))
    try:
        from api.contents.bucket import bucket_at  # noqa: PLC0415 -- an extra, which few need
    except ImportError as error:
        advice = "Install it with `pip install 'clausula[s3]'`."
        raise WrongSetting(f"{place} is a bucket, and the library for buckets is not installed. {advice}") from error
    return bucket_at(place, incoming)
