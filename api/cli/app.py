"""The command as it is installed: every group of commands is registered, then the arguments are read."""

import os

from typer import rich_utils

from api.cli import agreement_commands, deal_commands
from api.cli.commands import app
from api.cli.output import plain_letters


def main() -> None:
    """The entry point of the command."""
    plain_letters()
    if os.environ.get("NO_COLOR"):
        rich_utils.COLOR_SYSTEM = None
    app()


__all__ = ["app", "main"]

GROUPS = (agreement_commands, deal_commands)
"""Importing them has registered them."""
