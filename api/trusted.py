"""Trusted documents: operations that were known before, asked for by the SHA-256 of their text.

They come from one file, as code generators for clients write it: an object of texts under their hashes, or the manifest
of Apollo's tools. Nothing is added to them by a request. A service can be set to run these and no others.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graphql import GraphQLError, GraphQLSchema

from api.agreements import Unusable
from api.files import read_text
from api.schema.gate import checked
from api.strict import Unreadable, read_json

_HASH: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_ADVICE: Final = "Write it anew from the operations of your client; docs/http.md says how."
UNKNOWN: Final = "There is no trusted document of this hash. The file that the service was given lists those there are."
OTHER: Final = "This text is not what its hash says. Send the hash alone, or the text alone."
ONLY: Final = "This service runs trusted documents only: name one with `documentId`, `sha256:` and its hash."
NO_HASH: Final = "A document is named by `sha256:` and the 64 hexadecimal digits of its hash."


class Untrusted(Exception):
    """A request for a document that is not to be run; with what a client may read."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Trusted:
    """The documents by hash, and whether no others are run."""

    texts: Mapping[str, str] = field(default_factory=dict)
    only: bool = False

    def text(self, asked: Mapping[str, Any]) -> str | None:
        """The operation that a request asks for, in words; None where it says none. Raises Untrusted."""
        query, name = asked.get("query"), _named(asked)
        if name is None:
            if self.only and query and _hash(query) not in self.texts:
                raise Untrusted("PERSISTED_QUERY_ONLY", ONLY)
            return query
        found = self.texts.get(name)
        if query and _hash(query) != name:
            raise Untrusted("BAD_REQUEST", OTHER)
        if found is None and query and not self.only:
            return str(query)
        if found is None:
            raise Untrusted("PERSISTED_QUERY_NOT_FOUND", UNKNOWN)
        return found


def _named(asked: Mapping[str, Any]) -> str | None:
    """The hash that a request names a document by, in either of the two ways there are."""
    persisted = (asked.get("extensions") or {}).get("persistedQuery")
    name = asked.get("documentId")
    if name is None and persisted is None:
        return None
    written = name if name is not None else persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    found = _HASH.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise Untrusted("BAD_REQUEST", NO_HASH)
    return found[1]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def trusted_in(path: Path, only: bool, schema: GraphQLSchema) -> Trusted:
    """The documents of a file. Raises Unusable where the file, a hash or a document is not as it should be."""
    texts: dict[str, str] = {}
    for name, text in _listed(path):
        found = _HASH.fullmatch(name)
        if found is None or found[1] != _hash(text):
            told = f"In {path}, the document under `{name[:80]}` is not the one that this SHA-256 is of."
            raise Unusable(told, _ADVICE)
        problem = _problem(schema, text)
        if problem is not None:
            raise Unusable(f"In {path}, the document `{name[:80]}` does not fit the schema: {problem}", _ADVICE)
        texts[found[1]] = text
    return Trusted(texts, only)


def _listed(path: Path) -> list[tuple[str, str]]:
    try:
        said = read_json(read_text(path))
    except Unreadable as error:
        raise Unusable(f"{path} is no list of documents: {error}.", _ADVICE) from error
    if isinstance(said, dict) and isinstance(said.get("operations"), list):  # the manifest of Apollo's tools
        said = {each.get("id"): each.get("body") for each in said["operations"] if isinstance(each, dict)}
    if not isinstance(said, dict) or not all(isinstance(each, str) for pair in said.items() for each in pair):
        raise Unusable(f"{path} is no list of documents: one is an object of texts under their hashes.", _ADVICE)
    return list(said.items())


def _problem(schema: GraphQLSchema, text: str) -> str | None:
    try:
        found = checked(schema, text)
    except GraphQLError as error:
        return error.message
    least = found.verdict.excess if not found.verdict.paged else None
    return least or next((each.message for each in found.errors), None)
