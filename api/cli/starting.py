"""`clausula new`: a name in, a folder out with a clause file that can be read and a scenario that passes.

The folder begins with a small sale, or with a copy of an agreement that is there already. A copy is one file: what the
agreement uses is written out in it, so that it needs nothing beside it.
"""

import re
import shlex
from pathlib import Path
from typing import NoReturn

from rich.text import Text

from api.agreements import (
    LIBRARY,
    SCENARIOS,
    SECTIONS,
    SOURCES,
    Place,
    Unusable,
    assembled,
    place,
    places,
    read,
    read_text,
    shipped,
)
from api.cli.output import Exit, console, count, leave, table, write_json
from api.editions import MAIN

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")

AGREEMENT = """Agreement "TITLE".
  Note "The title, then what holds for the whole, then clauses. A note has no effect.".
  The time zone is "Europe/London".
  The business days are those of "GB-ENG".
  The currency is GBP.

Clause 1 "Who takes part":
  Note "Names of the deal have capitals. Each deal says who fills a role when it is opened.".
  "Buyer" means a party.
  "Seller" means a party.
  "Keeper" means a party.

Clause 2 "Terms":
  Note "Each deal fills the blanks, so that one file serves many deals.".
  "Price" means a required blank amount, at least GBP 1.00 and at most GBP 100,000.00.

Clause 3 "The deposit":
  Note "A duty has a bearer, an act and a time.".
  "Deposit Account" means a fund in GBP, held by the Keeper, for the Price.
  The Buyer must deposit the Price into the Deposit Account within 5 business days.
  Note "What comes beyond the price is kept apart, and may go back.".
  While the excess of the Deposit Account is more than GBP 0.00,
    then the Keeper may refund the excess of the Deposit Account to the Buyer.

Clause 4 "Payment":
  Note "Once both have signed the receipt, the payment is due. Nobody has to ask for it.".
  "Receipt" means a writing, signed by the Buyer and the Seller.
  When a Receipt has been completed,
    then the Keeper must pay the Price to the Seller from the Deposit Account within 2 business days.

Clause 5 "Only so, and the end":
  Note "The guard names every way out of the account.".
  Nothing may leave the Deposit Account except under sections 3 and 4.
  When section 4 has been performed, then this agreement terminates.
"""

SCENARIO = """Scenario "Signed and paid":
  Open at 09:00 on 1 June 2026 with Price as GBP 500.00.
  At 10:00 on 2 June 2026, the Buyer: deposit GBP 500.00 into the Deposit Account.
  At 11:00 on 2 June 2026, the Keeper: pay GBP 500.00 to the Seller from the Deposit Account.
  Expect refused because section 4.
  At 12:00 on 3 June 2026, the Buyer: sign the Receipt.
  At 12:05 on 3 June 2026, the Seller: sign the Receipt.
  Expect section 4 is active.
  At 13:00 on 3 June 2026, the Keeper: pay GBP 500.00 to the Seller from the Deposit Account.
  Expect the balance of the Deposit Account is equal to GBP 0.00.
  Expect this agreement has terminated.
"""


def new(name: str, source: str, as_json: bool) -> None:
    """Write the folder of a new agreement, and say what to do next."""
    folder = _folder(name)
    files = _copy(_place(source)) if source else _small(folder.name)
    _write(folder, files)
    written = [str(folder / each) for each in files]
    following = [f"clausula {command} {shlex.quote(name)}" for command in ("check", "test")]
    if as_json:
        write_json({"folder": str(folder), "files": written, "next": following})
    else:
        out = console()
        for each in written:
            out.print(Text.assemble(("written  ", "green"), each), soft_wrap=True)
        out.print("\nNext:")
        for each in following:
            out.print(Text(f"  {each}", "cyan"), soft_wrap=True)
    leave(Exit.FINE)


def offer(as_json: bool) -> NoReturn:
    """List the agreements that a new one can begin as."""
    rows = []
    for each in places((shipped(),)):
        terms = _terms_of(each)
        rows.append((each.name, *terms, len(each.scenarios)))
    if as_json:
        keys = ("name", "title", "clauses", "scenario_files")
        write_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        out = console()
        shown = table("Name", "Title", "What is in it")
        for name, title, clauses, scenarios in rows:
            inside = f"{count(clauses, 'clause')}, {count(scenarios, 'scenario file')}"
            shown.add_row(Text(name, "cyan"), title, inside)
        out.print(shown)
        out.print("\nclausula new NAME --from one of them begins with a copy; without --from, with a small sale.")
    leave(Exit.FINE)


def _terms_of(each: Place) -> tuple[str, int]:
    agreement = read(each).agreement
    return (agreement.terms.title, len(agreement.terms.clauses)) if agreement is not None else (each.name, 0)


def _folder(name: str) -> Path:
    """Where the new agreement goes; nothing is there yet."""
    if not name:
        raise Unusable("A new agreement needs a name.", "`clausula new --list` shows what it can begin as.")
    folder = Path(name)
    if not _NAME.fullmatch(folder.name):
        raise Unusable(
            f"`{folder.name or name}` cannot be the name of an agreement.",
            "Write letters, figures, `_` and `-`, a letter first, such as `bike_sale`.",
        )
    if folder.name == LIBRARY:
        raise Unusable(f"`{LIBRARY}` is the folder of what agreements share.", "Choose another name.")
    if folder.exists() or folder.is_symlink():
        raise Unusable(f"{folder} is there already, and nothing is overwritten.", "Choose another name.")
    return folder


def _place(source: str) -> Place:
    """The agreement to copy: one that comes with Clausula, or any other by its path or name."""
    coming = {each.name: each for each in places((shipped(),))}
    if source in coming:
        return coming[source]
    try:
        return place(source)
    except Unusable as error:
        raise Unusable(error.found, f"{error.advice} `clausula new --list` shows what there is.".strip()) from error


def _small(name: str) -> dict[str, str]:
    words = re.sub(r"[_-]+", " ", name).strip()
    title = f"{words[:1].upper()}{words[1:]}"
    return {MAIN: AGREEMENT.replace("TITLE", title), f"{SCENARIOS}/first.scenario": SCENARIO}


def _copy(found: Place) -> dict[str, str]:
    whole = assembled(found)
    if whole.diagnostics:
        raise Unusable(f"{found.clause} uses files that do not fit.", f"`clausula check {found.name}` says which.")
    text = whole.source.text
    files = {MAIN: f"{text.rstrip()}\n" if whole.used else text}
    if found.sections is not None:
        files[SECTIONS] = read_text(found.sections)
    if (told := found.clause.parent / SOURCES).is_file():
        files[SOURCES] = read_text(told)
    return files | {f"{SCENARIOS}/{each.name}": read_text(each) for each in found.scenarios}


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
    except OSError as error:
        found = f"{folder} cannot be written: {(error.strerror or str(error)).lower()}."
        raise Unusable(found, "See that its folder may be written to.") from error
