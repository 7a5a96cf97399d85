"""What stands around an operation over HTTP: which media type an answer has, and what a request may say and how.

After "GraphQL over HTTP", the draft of the GraphQL foundation. A client that takes `application/graphql-response+json`
gets it, and a status that tells whether there was an operation at all: 400 where it could not be read, does not fit the
schema, or its variables do not fit it. To one that takes `application/json` alone each of these is 200, as ever.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from cross_web import HTTPException

JSON: Final = "application/json"
RESPONSE: Final = "application/graphql-response+json"
EVENTS: Final = "text/event-stream"
_KINDS: Final = {"query": (str, "a text"), "operationName": (str, "a text"), "variables": (dict, "an object"),
                 "extensions": (dict, "an object"), "documentId": (str, "a text")}  # fmt: skip


def media_type(accept: str | None) -> str | None:
    """In which type to answer somebody who sends this `Accept` header; None where we have none that would do.

    The type of its own is for those who name it; whoever takes anything gets plain JSON.
    """
    wanted = dict(_ranges(accept or "*/*"))
    plain = wanted.get(JSON, wanted.get("application/*", wanted.get("*/*", 0.0)))
    own = wanted.get(RESPONSE, 0.0)
    if own > 0 and own >= plain:
        return RESPONSE
    if plain > 0:
        return JSON
    return EVENTS if wanted.get(EVENTS, 0.0) > 0 else None


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for each in accept.split(","):
        name, *parameters = (part.strip().lower() for part in each.split(";"))
        yield name, min((_quality(part) for part in parameters if part.startswith("q=")), default=1.0)


def _quality(parameter: str) -> float:
    try:
        return float(parameter[2:])
    except ValueError:
        return 0.0


def require_json(content_type: str | None) -> None:
    """Raise HTTPException for a body that does not say it is JSON in UTF-8.

    What a form of another site can send without being asked first (text/plain, the two kinds of forms) is never taken.
    """
    name, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    charsets = {part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")}
    if name != JSON or not charsets <= {"utf-8", "utf8"}:
        found = f"this one says `{content_type[:80]}`" if content_type else "this one does not say what it is"
        raise HTTPException(400, f"A body is sent as `Content-Type: application/json` in UTF-8; {found}.")


def require_envelope(data: object) -> Mapping[str, Any]:
    """What a request says, if each part of it is of its kind. Raises HTTPException."""
    if not isinstance(data, dict):
        raise HTTPException(400, "The body is one JSON object with the key `query`.")
    for name, (kind, told) in _KINDS.items():
        if not isinstance(data.get(name), kind | None):
            raise HTTPException(400, f"`{name}` is {told}, or null.")
    return data


def fits(data: Mapping[str, Any]) -> bool:
    """Whether each part of a request is of its kind."""
    return all(isinstance(data.get(name), kind | None) for name, (kind, _) in _KINDS.items())


def require_once(names: Iterable[str]) -> None:
    """Raise HTTPException where an address says something twice."""
    listed = list(names)
    twice = sorted({each for each in listed if listed.count(each) > 1})
    if twice:
        raise HTTPException(400, f"The address says `{twice[0][:80]}` twice.")


def require_no_link(method: str, mode: str | None) -> None:
    """Raise HTTPException for what a browser sends when somebody follows a link: that is no way to ask."""
    if method == "GET" and mode == "navigate":
        raise HTTPException(400, "A question is not asked by following a link. Send it from a program.")


def status_of(answer: Mapping[str, Any], media: str) -> int:
    """The status of an answer of a media type: there is no `data` in one to what was no operation."""
    if media == JSON or "data" in answer:
        return HTTPStatus.OK
    codes = {each.get("extensions", {}).get("code") for each in answer.get("errors") or ()}
    return HTTPStatus.INTERNAL_SERVER_ERROR if "INTERNAL" in codes else HTTPStatus.BAD_REQUEST
