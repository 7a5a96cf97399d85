"""Signed notes and checkpoints as other tools write and read them, and no changed letter believed.

The vectors are those of the reference implementation (golang.org/x/mod, `sumdb/note/note_test.go`) and of C2SP's
signed-note.
"""

import base64
from datetime import UTC, datetime

import pytest

from api.evidence.checkpoint import Checkpoint, read_checkpoint
from api.evidence.note import NoteError, PublicKey, SigningKey, opened

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    f"{TEXT}\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
KEY = SigningKey("clausula/1", bytes(range(32)))
OTHER = SigningKey("clausula/1", bytes(32))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_notes_of_the_reference_are_believed() -> None:
    assert opened(NOTE, [PublicKey.parse(PETER)]) == (TEXT, PublicKey.parse(PETER))
    assert opened(EXAMPLE_NOTE, [PublicKey.parse(PETER), PublicKey.parse(EXAMPLE)])[1].name == "example.com/foo"


def test_keys_are_written_as_the_reference_writes_them() -> None:
    assert str(PublicKey.parse(PETER)) == PETER
    assert str(PublicKey.parse(EXAMPLE)) == EXAMPLE


def test_a_signature_is_made_as_the_reference_makes_it() -> None:
    """The secret key is published with the vectors: `PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALV...`."""

    material = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")

    signer = SigningKey("PeterNeumann", material[1:])

    assert str(signer.public) == PETER
    assert signer.sign(TEXT) == NOTE


def test_no_letter_of_a_note_can_be_changed() -> None:
    note = KEY.sign("a\nb\n")
    assert opened(note, [KEY.public])[0] == "a\nb\n"

    for at in range(len(note)):
        for letter in ("A", "b", "\n", " ", "+", "=", ""):
            changed = note[:at] + letter + note[at + 1 :]
            if changed != note:
                with pytest.raises(NoteError):
                    opened(changed, [KEY.public])


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_note_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(NoteError):
        opened(NOTE[:-cut], [PublicKey.parse(PETER)])


def test_a_line_by_somebody_unknown_is_passed_over_and_a_wrong_one_by_a_known_key_is_not() -> None:
    text, empty, line = KEY.sign("a\n").rpartition("\n\n")
    others = OTHER.sign("a\n").rpartition("\n\n")[2]
    wrong = KEY.sign("b\n").rpartition("\n\n")[2]

    assert opened(text + empty + others + line, [KEY.public])[1] == KEY.public
    for lines in (others, wrong, line + wrong, wrong + line, ""):
        with pytest.raises(NoteError):
            opened(text + empty + lines, [KEY.public])


def test_no_letter_of_a_key_can_be_changed() -> None:
    for at in range(len(PETER)):
        with pytest.raises(NoteError):
            PublicKey.parse(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])
        with pytest.raises(NoteError):
            PublicKey.parse(PETER[:at])


@pytest.mark.parametrize("text", ["", "a", "a\x00\n", "a\tb\n", "\ud800\n"])
def test_a_text_that_cannot_be_signed_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        KEY.sign(text)


def test_a_checkpoint_is_four_lines() -> None:
    made = Checkpoint("clausula/1", 5, bytes(32), NOON)

    assert made.text == (
        "clausula/1\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-03-02T12:00:00.000000Z\n"
    )
    assert Checkpoint.parse(made.text) == made
    assert read_checkpoint(KEY.sign(made.text), KEY.public) == made


@pytest.mark.parametrize(
    "text",
    [
        "clausula/1\n05\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-03-02T12:00:00.000000Z\n",
        "clausula/1\n-5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-03-02T12:00:00.000000Z\n",
        "clausula/1\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\nat 2026-03-02T12:00:00.000000Z\n",
        "clausula/1\n5\nAAAA\nat 2026-03-02T12:00:00.000000Z\n",
        "clausula/1\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-02-30T12:00:00.000000Z\n",
        "clausula/1\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "clausula/1\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-03-02T12:00:00.000000Z\nmore\n",
        "\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-03-02T12:00:00.000000Z\n",
    ],
)
def test_a_checkpoint_has_one_way_to_be_written(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


def test_the_key_of_one_log_does_not_sign_for_another() -> None:
    note = KEY.sign(Checkpoint("clausula/2", 5, bytes(32), NOON).text)

    with pytest.raises(NoteError, match="another log"):
        read_checkpoint(note, KEY.public)
