"""A path in, the text of the file out; what cannot be read is told so that whoever asked knows what to do next."""

from pathlib import Path

_LARGEST = 4_000_000
"""No agreement is as long as this many bytes; reading a disk image by mistake should not fill the memory."""


class Unusable(Exception):
    """Something outside that cannot be used: what was found, and what to do about it."""

    def __init__(self, found: str, advice: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.advice = advice


def read_text(path: Path) -> str:
    """The text of a file, which must be UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)  # whatever size it says it has: a device says none
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {_reason(error)}.", "See that it is there and may be read.") from error
    if len(data) > _LARGEST:
        raise Unusable(f"{path} is larger than any agreement.", "Give the path of a text file.")
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(
            f"{path} is not UTF-8 text: line {line} holds the byte 0x{data[error.start]:02X}.",
            "Save it as plain text in UTF-8. A word processor's own format cannot be read.",
        ) from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
