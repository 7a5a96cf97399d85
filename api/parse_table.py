"""Writes the parse table of the grammar beside it, so that the service does not work it out at every start.

`python -m api.parse_table` is run when Clausula is set up. The table is only a saving: a table that was made
from another grammar is passed over, and one that is missing is worked out anew.
"""

import os
import sys
import tempfile
from pathlib import Path

import dsl
from dsl.parse import table

NAME = "agreement.table.json"


def grammar_folder() -> Path:
    """Where the grammar lies: inside the installed package, or beside it in a checkout."""
    package = Path(dsl.__path__[0])
    shipped = package / "_grammar"
    return shipped if shipped.is_dir() else package.parent / "grammar"


def write(folder: Path) -> Path:
    """Write the table whole or not at all; two writers at once do no harm."""
    target = folder / NAME
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{NAME}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(table())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def main() -> int:
    """Write the table, or say why the folder does not take it."""
    folder = grammar_folder()
    try:
        write(folder)
    except OSError as error:
        sys.stderr.write(f"The parse table is not kept, so every start takes longer: {error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
