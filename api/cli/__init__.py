"""The command `clausula`: what a terminal can ask of an agreement, and of the deals kept on this machine."""

INTERRUPTED = 130


def main() -> None:
    """The entry point of the command: Ctrl-C ends it without a traceback even while its libraries are being loaded."""
    try:
        from api.cli.app import main as started  # noqa: PLC0415 -- so that the loading, too, can be interrupted

        started()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
