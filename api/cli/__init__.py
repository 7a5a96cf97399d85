"""The command `clausula`: what a terminal can ask of an agreement, and of the deals kept on this machine."""

from api.cli.app import main
from api.cli.commands import app

__all__ = ["app", "main"]
