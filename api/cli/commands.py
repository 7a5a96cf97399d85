"""The one application, how a command is registered on it, and the options that several commands share."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated, Any, ParamSpec, cast

import typer
from typer.core import TyperCommand, TyperGroup

from api.agreements import Unusable
from api.cli import completing
from api.cli.output import Exit, complain, leave, write_error

P = ParamSpec("P")

_ENDS = (
    "A command ends with 0 if all is well, with 1 if an agreement, a scenario or a deal is not as it should be, "
    "and with 2 if it was not understood or a file could not be read."
)

_Misused = cast(type[Exception], typer.BadParameter.__mro__[1])
"""What is raised for a command that is not there, an option without its value, and the like."""


def _without_types(options: list[Any]) -> list[Any]:
    """Options and arguments whose help does not tell of which type they are: their names say what is wanted."""
    for each in options:
        if getattr(each, "is_flag", False):
            each.metavar = ""
        if each.param_type_name == "argument":
            each.display_type_rich = _nothing
    return options


def _nothing(ctx: Any) -> None:
    """What the help tells of the type of an argument."""


class _Command(TyperCommand):
    """One command."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _without_types(super().get_params(ctx))


class _Commands(TyperGroup):
    """The commands; who has asked for JSON gets it for a mistake in the command line itself, too."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _without_types(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.meta[__name__] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except _Misused as error:
            if ctx.meta[__name__]:
                write_error(str(getattr(error, "format_message", error.__str__)()))
            raise


app = typer.Typer(
    name="clausula",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Escrow agreements that run: check them, test them, watch them at work, and keep deals under them.",
    epilog=_ENDS,
)

AGREEMENTS = "Agreements"
LONGEST = 120
"""So much of the name of a file shows which it is."""

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Folders, files or names of agreements. With none: those in ./agreements, or else those that come with "
        "Clausula.",
        show_default=False,
        autocompletion=completing.agreements,
    ),
]


def whole(least: int, most: int) -> Callable[[object], int]:
    """Reads an option that is a whole number within bounds, and says so of anything else."""

    def read(written: object) -> int:
        text = str(written).strip()
        if not text.isascii() or not text.removeprefix("-").isdigit() or not least <= int(text) <= most:
            raise typer.BadParameter(f"a whole number from {least} to {most} is wanted, not `{text}`.")
        return int(text)

    return read


def _flowing(text: str) -> str:
    """Help whose paragraphs fill the lines of the terminal; what begins with a backspace keeps its lines."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(each if each.startswith("\b") else " ".join(each.split()) for each in paragraphs)


@contextmanager
def _of_a_file() -> Iterator[None]:
    """What the system has against a file that was named is told like any other mistake."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        told = (error.strerror or str(error)).lower()
        raise Unusable(f"{str(error.filename)[:LONGEST]} cannot be used: {told}.", "Name another one.") from error


def command(title: str, panel: str, ends: str = "") -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a command; what cannot be used outside is told in a sentence, never as a traceback."""

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                with _of_a_file():
                    function(*args, **kwargs)
            except Unusable as error:
                complain(error.found, error.advice)
                if kwargs.get("as_json"):
                    write_error(error.found, error.advice)
                leave(Exit.WRONG_USE)

        app.command(title, cls=_Command, rich_help_panel=panel, epilog=ends, help=_flowing(function.__doc__ or ""))(
            guarded
        )
        return guarded

    return register


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"clausula {version('clausula')}")
        raise typer.Exit


@app.callback()
def clausula(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Escrow agreements that run: check them, test them, watch them at work, and keep deals under them."""
