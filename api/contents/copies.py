"""Content from one place to another: for a backup, for what is brought back, and for deals that go elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from api.contents import Contents
from api.contents.folder import Folder
from api.contents.held import Held
from api.contents.uploads import OtherDigest, TooMuch, taken


@dataclass(frozen=True, slots=True)
class Copied:
    """How many documents are there now, with how many bytes, and the hashes of those that could not be copied."""

    documents: int
    size: int
    missing: tuple[str, ...]


def copy_contents(rows: Iterable[Held], source: Contents, target: Contents) -> Copied:
    """Copy all content that was not erased, hash by hash; what is there already with the same size is left alone.

    What is missing or damaged where it comes from is told, and nothing is made of it. OSError is raised where there is
    no room, or a place cannot be used.
    """
    wanted = {each.sha256: each.size or 0 for each in rows if each.erased_at is None}
    done, missing = 0, []
    for sha256, size in wanted.items():
        if target.size(sha256) == size or _copied(sha256, size, source, target):
            done += size
        else:
            missing.append(sha256)
    return Copied(len(wanted) - len(missing), done, tuple(missing))


def beside(file: Path) -> Folder:
    """Where the content is that belongs to a backup."""
    return Folder(file.with_name(f"{file.name}.documents").absolute())


def _copied(sha256: str, size: int, source: Contents, target: Contents) -> bool:
    try:
        taken(target, source.read(sha256, 0, size), size, {"sha-256": sha256})
    except (FileNotFoundError, OtherDigest, TooMuch):
        return False
    return True
