"""What the commands about evidence do: check a log, a database or a receipt, and print what proves an entry."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from api.agreements import Unusable
from api.answers import Invalid
from api.cli.dealing import Desk, no_seat, reader, whole_number, writer
from api.cli.lists import marked
from api.cli.output import Exit, complain, console, count, leave, mark, plain, write_json
from api.cli.seen import entry_seen
from api.cli.signing import make_secret, read_secret
from api.cli.telling import show_report
from api.contents.places import contents_of
from api.contents.sound import Checked, checked
from api.evidence import log, personal
from api.evidence.audit import Audit, audit
from api.evidence.keys import PersonKey, Registration, keys_of, register, revoke
from api.evidence.note import NoteError, PublicKey
from api.evidence.outside import OutsideError, read_outside
from api.evidence.receipt import Pending, Proven, ReceiptError, TreeDamaged, receipt_for, verify_receipt
from api.evidence.signature import key_text, public_key, sign
from api.files import read_text
from api.settings import Settings
from api.store import Fault, FileReport

PUT_BACK: Final = (
    "While a guard was gone anything could be changed: what is told of the logs and the checkpoints says whether "
    "something was. These statements put the guards back, run by the owner of the database with nothing else at work:"
)
_FINE = {True: Exit.FINE, False: Exit.NOT_AS_IT_SHOULD_BE}


# ------------------------------------------------------------------ verifying


def verify_deal(desk: Desk, deal: str, seen: str) -> None:
    """Check a log against its seals, and print what was found; the deal itself may be too damaged to be read."""
    known = entry_seen(seen)
    with reader(desk.settings) as service:
        report = service.verify(desk.person, deal.strip().lower(), known)
        if report is None:
            report = service.verify(desk.person, whole_number(service, desk.person, deal), known)
    if report is None:
        raise Unusable(*no_seat(desk.person, deal))
    if desk.as_json:
        write_json({"sound": report.sound, "log_sound": report.log_sound, **plain(report)})
    else:
        show_report(console(), report)
    leave(_FINE[report.sound])


def verify_database(settings: Settings, as_json: bool) -> None:
    """Check the database itself, its guards and every log in it, and compare it with the checkpoints kept outside.

    Of a deal no more is told than where it is damaged.
    """
    outside = settings.checkpoint_file.resolve()
    with reader(settings) as service:
        compared = audit(service.store.reading, outside)
        report = service.store.verify_file()
        documents = checked(service.store, contents_of(settings))
    sound = report.sound and compared.sound and documents.sound
    if as_json:
        told = {"sound": sound, **plain(report), "checkpoints": _audit_json(compared)}
        write_json({**told, "documents": {"sound": documents.sound, **plain(documents)}})
    else:
        _show_file(console(), report)
        _show_audit(console(), compared, outside)
        _show_documents(console(), documents)
    leave(_FINE[sound])


def _audit_json(found: Audit) -> dict[str, Any]:
    last = found.last
    return {
        "sound": found.sound,
        "log": found.origin,
        "sealed": found.sealed,
        "waiting": found.waiting,
        "compared": found.checkpoints,
        "last": {"size": last.size, "root": last.root.hex(), "at": last.at.isoformat()} if last is not None else None,
        "faults": plain(found.faults),
    }


def _show_file(out: Console, report: FileReport) -> None:
    entries = count(sum(each.entries for each in report.deals), "entry", "entries")
    faults = [("", each) for each in report.faults]
    faults += [(each.deal, fault) for each in report.deals for fault in each.faults]
    told = "all is as it was written" if not faults else count(len(faults), "fault")
    _line(out, not faults, f"{count(len(report.deals), 'deal')}, {entries}: {told}")
    for deal, fault in faults:
        _show_fault(out, fault, deal[:8])
    remedies = list(dict.fromkeys(fault.remedy for _, fault in faults if fault.remedy))
    if remedies:
        out.print(Text(PUT_BACK, "yellow"))
        out.out("\n".join(remedies), highlight=False)


def _show_audit(out: Console, found: Audit, outside: Path) -> None:
    sealed = count(found.sealed, "sealed entry", "sealed entries")
    if not found.sound:
        _line(out, False, f"{sealed}: {'not what was signed' if found.comparable else 'nothing to compare them with'}")
        for fault in found.faults:
            _show_fault(out, fault)
    elif found.last is None:
        _line(out, None, "Nothing was sealed yet, so there is nothing to compare with.")
    else:
        compared = count(found.checkpoints, "checkpoint")
        _line(out, True, f"{sealed}: as in {compared} kept in {outside}")
        out.print(Text(f"The last was signed at {found.last.at:%Y-%m-%d %H:%M:%S} UTC.", "dim"))
    if found.waiting:
        waiting = count(found.waiting, "entry waits", "entries wait")
        _line(out, None, f"{waiting} to be sealed; until then only the seals of the deal hold.")


def _show_documents(out: Console, found: Checked) -> None:
    """What is held; nothing is said where no paper names a file and none was ever there."""
    if found.held:
        told = "as they were put there" if found.sound else count(len(found.faults), "fault")
        _line(out, found.sound, f"{count(found.held, 'document')}, {found.size:,} bytes, in {found.where}: {told}")
    if found.erased:
        _line(out, None, f"{count(found.erased, 'document')} erased, of which the hash is left.")
    for deal, fault in found.faults:
        _show_fault(out, fault, deal[:8])
    if found.named_only:
        _line(out, None, f"{count(found.named_only, 'file')} named in a log, and never put here: ask who has it.")


def _show_fault(out: Console, fault: Fault, deal: str = "") -> None:
    place = (deal, fault.table, fault.version, fault.column)
    where = " ".join(str(each) for each in place if each not in (None, ""))
    out.print(marked(mark(False), Text.assemble((f"{where}  ", "cyan"), fault.problem), 1))


def _line(out: Console, fine: bool | None, text: str) -> None:
    sign = ("○", "yellow") if fine is None else mark(fine)
    out.print(marked(sign, Text(text, sign[1])))


# ------------------------------------------------------------------- receipts


def print_receipt(desk: Desk, deal: str, version: int) -> None:
    """Print the receipt of an entry, or say that it is not sealed yet."""
    with reader(desk.settings) as service:
        number = whole_number(service, desk.person, deal)
        if not service.store.read.parties_of(number, desk.person):
            raise Unusable(*no_seat(desk.person, deal))
        try:
            found = receipt_for(service.store.reading, number, version)
        except TreeDamaged as error:
            raise Unusable(f"{error}.", "`clausula verify --all` says what was changed.") from error
    if found is None:
        raise Unusable(f"The deal has no entry {version}.", "`clausula state` shows how many there are.")
    if isinstance(found, Pending):
        told = (
            f"The entry {version} is stored, under the seal {found.hash}, and not sealed into the log of all deals yet."
        )
        complain(told, "A running service seals it within a second or two. Ask again.")
        if desk.as_json:
            write_json({"ok": False, "pending": True, "seal": found.hash})
        leave(Exit.NOT_AS_IT_SHOULD_BE)
    console().out(found.text, end="", highlight=False)
    leave(Exit.FINE)


def verify_receipt_file(file: Path, keys: Sequence[str], as_json: bool) -> None:
    """Check a receipt without any database, and tell what it proves, and to whom."""
    trusted = tuple(_trusted(keys))
    try:
        proven = verify_receipt(read_text(file), trusted)
    except ReceiptError as error:
        if as_json:
            write_json({"proven": False, "problem": str(error)})
        else:
            _line(console(), False, f"{file} proves nothing: {error}.")
        leave(Exit.NOT_AS_IT_SHOULD_BE)
    if as_json:
        write_json(_proven_json(proven, bool(trusted)))
    else:
        _show_proven(console(), proven, bool(trusted))
    leave(Exit.FINE)


def _trusted(keys: Sequence[str]) -> Iterable[PublicKey]:
    """The keys that were named, themselves or by a file."""
    for each in keys:
        lines = [each] if "+" in each else [line for line in read_text(Path(each)).splitlines() if line.strip()]
        for line in lines:
            try:
                yield PublicKey.parse(line.strip())
            except NoteError as error:
                advice = "`clausula checkpoint` prints the key of a service."
                raise Unusable(f"`{line.strip()}` is no public key: {error}.", advice) from error


def _proven_json(proven: Proven, trusted: bool) -> dict[str, Any]:
    signed = proven.checkpoint
    return {
        "proven": True,
        "key": str(proven.key),
        "key_trusted": trusted,
        "log": signed.origin,
        "index": proven.index,
        "checkpoint": {"size": signed.size, "root": signed.root.hex(), "at": signed.at.isoformat()},
        "signed_by": proven.signer,
        "entry": dict(proven.entry),
    }


def _show_proven(out: Console, proven: Proven, trusted: bool) -> None:
    entry, signed = proven.entry, proven.checkpoint
    _line(out, True, f"Entry {entry['version']} of deal {entry['deal']}, {entry['kind']}, is proven.")
    lines = (
        ("person", entry["actor"]),
        ("answer", entry["answer"]),
        ("agreement", f"sha256:{entry['agreement_sha256']}"),
        ("seal", entry["hash"]),
        ("sealed", f"as number {proven.index + 1} of {signed.size}, by {signed.at:%Y-%m-%d %H:%M:%S} UTC"),
        ("signed by", f"{proven.signer}, the key of {entry['actor']}" if proven.signer else "nobody: no key was used"),
        ("log", signed.origin),
        ("key", str(proven.key)),
    )
    for name, value in lines:
        out.print(Text.assemble((f"  {name:<10}", "cyan"), value), soft_wrap=True)
    if not trusted:
        told = "The key is the one in the receipt itself: compare it with one that you have from elsewhere, with --key."
        out.print(Text(told, "yellow"))


# ---------------------------------------------------------------- checkpoints


def print_checkpoint(settings: Settings, new_key: bool, as_json: bool) -> None:
    """Print the newest checkpoint and the keys; with `new_key` put the secret key away first, so that one is made."""
    outside = settings.checkpoint_file.resolve()
    if new_key and settings.seal_key:
        raise Unusable("The key that signs is the one in CLAUSULA_SEAL_KEY.", "Put another one there.")
    if new_key:
        with writer(settings):  # as the only one, so that nobody goes on signing with the old one
            settings.seal_key_file.unlink(missing_ok=True)
        with writer(settings):
            pass
    with reader(settings) as service:
        with service.store.reading.begin() as connection:
            origin = log.origin_of(connection)
        try:
            kept = read_outside(outside, origin)
        except OutsideError as error:
            raise Unusable(f"{error}.", "`clausula verify --all` compares the file with the database.") from error
    note = kept.checkpoints[-1][1] if kept.checkpoints else None
    keys = [str(each) for each in dict.fromkeys(kept.keys)]
    if as_json:
        write_json({"checkpoint": note, "keys": keys})
    else:
        out = console()
        if note is None:
            complain("Nothing was sealed yet.", "A running service seals what is stored within a second or two.")
        else:
            out.out(note, highlight=False)
        for each in keys:
            out.out(each, highlight=False)
    leave(Exit.FINE if note is not None else Exit.NOT_AS_IT_SHOULD_BE)


# ------------------------------------------------------------- keys of persons


def keys(desk: Desk, new: Path | None, registered: Path | None, revoked: str) -> None:
    """Register a key, revoke one, or list those of a person."""
    if sum((new is not None, registered is not None, bool(revoked))) > 1:
        raise Unusable("One thing at a time: --new, --register or --revoke.")
    if new is None and registered is None and not revoked:
        with reader(desk.settings) as service:
            _show_keys(desk, keys_of(service.store, desk.person))
        leave(Exit.FINE)
    with writer(desk.settings) as service:
        if revoked:
            answer = revoke(service.store, desk.person, revoked, service.clock.now())
        else:
            secret = make_secret(new) if new is not None else read_secret(registered or Path())
            public = public_key(secret)
            proof = sign(secret, key_text(desk.person, public))
            asked = Registration(desk.person, public, proof, operator=True)
            answer = register(service.store, asked, service.clock.now())
    if isinstance(answer, Invalid):
        raise Unusable("\n".join(answer.problems))
    _show_keys(desk, (answer,))
    leave(Exit.FINE)


def _show_keys(desk: Desk, found: Sequence[PersonKey]) -> None:
    if desk.as_json:
        write_json([plain(each) for each in found])
        return
    out = console()
    for each in found:
        revoked = f", revoked {each.revoked_at:%Y-%m-%d %H:%M} UTC" if each.revoked_at is not None else ""
        out.print(Text(f"{each.id}  registered {each.registered_at:%Y-%m-%d %H:%M} UTC{revoked}"), soft_wrap=True)
    if not found:
        out.print(f"{desk.person} has no key. `clausula key --new FILE` makes one.")


# ----------------------------------------------------- what is kept about persons


def personal_values(desk: Desk, deal: str, value: str, about: str) -> None:
    """Keep a value for a deal, or list what is kept."""
    if bool(value) != bool(about):
        raise Unusable("A value is kept about somebody.", "Give both: VALUE --about NAME; or none, to list them.")
    with writer(desk.settings) if value else reader(desk.settings) as service:
        number = whole_number(service, desk.person, deal)
        if not service.store.read.parties_of(number, desk.person):
            raise Unusable(*no_seat(desk.person, deal))
        if value:
            made = personal.keep(service.store, number, about, value, service.clock.now())
            if isinstance(made, Invalid):
                raise Unusable("\n".join(made.problems))
            found: Sequence[personal.Personal] = (made,)
        else:
            found = personal.values_of(service.store, number)
    if desk.as_json:
        write_json([plain(each) for each in found])
    elif value:
        console().out(found[0].reference, highlight=False)
    else:
        out = console()
        for each in found:
            told = each.value if each.value is not None else f"erased {each.erased_at:%Y-%m-%d %H:%M} UTC"
            out.print(Text.assemble((f"{each.reference}  ", "cyan"), f"{each.about}: {told}"), soft_wrap=True)
        if not found:
            out.print("Nothing is kept about anybody.")
    leave(Exit.FINE)


def erase_person(settings: Settings, person: str, as_json: bool) -> None:
    """Erase what is kept about a person."""
    with writer(settings) as service:
        number = personal.erase(service.store, person, service.clock.now())
    if as_json:
        write_json({"person": person, "erased": number})
    else:
        console().print(f"{count(number, 'value')} about {person} erased; every log is as it was.")
    leave(Exit.FINE)
