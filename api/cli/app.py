"""The command as it is installed: every group of commands is registered, then the arguments are read."""

import os
import sys

from typer import rich_utils

from api.cli import (
    access_commands,
    agreement_commands,
    deal_commands,
    document_commands,
    evidence_commands,
    keeping_commands,
    webhook_commands,
)
from api.cli.commands import app
from api.cli.output import NO_ROOM, Exit, complain, plain_letters


def main() -> None:
    """The entry point of the command."""
    plain_letters()
    if os.environ.get("NO_COLOR"):
        rich_utils.COLOR_SYSTEM = None
    try:
        app()
    except OSError as error:
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        told = (error.strerror or str(error)).lower()
        try:
            complain(f"The answer cannot be written: {told}.", "Make room, or send it somewhere else.")
        except OSError:  # there is no room for this either, nor for what is left of it at the end
            os.dup2(nowhere, sys.stderr.fileno())
        raise SystemExit(int(Exit.WRONG_USE)) from None


__all__ = ["app", "main"]

GROUPS = (
    agreement_commands,
    deal_commands,
    document_commands,
    evidence_commands,
    keeping_commands,
    access_commands,
    webhook_commands,
)
"""Importing them has registered them."""
