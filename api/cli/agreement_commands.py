"""The commands about agreements, with their options and help; each hands over to the module that does the work."""

from typing import Annotated

import typer

from api.agreements import Unusable
from api.cli import check as checking
from api.cli import completing, explaining, formatting, running, starting, testing
from api.cli import coverage as covering
from api.cli.commands import AGREEMENTS, Json, Targets, command, whole
from api.cli.deal_commands import GUEST, Database, Who, explain_deal, is_deal


@command("new", AGREEMENTS, "Ends with 2 if the folder is there already or cannot be written.")
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The folder to write: a name, or a path.", show_default=False)
    ] = "",
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="AGREEMENT",
            help="Begin with a copy of this agreement.",
            autocompletion=completing.agreements,
        ),
    ] = "",
    offers: Annotated[bool, typer.Option("--list", help="List what a copy can be made of.")] = False,
    as_json: Json = False,
) -> None:
    """Begin an agreement: a folder with a clause file that can be read and a scenario that passes.

    Without --from it is a small sale, with notes that explain it. Nothing is ever overwritten.

    \b
    Examples:
      clausula new bike_sale
      clausula new bakery --from milestone_job
      clausula new --list                              what a copy can be made of
    """
    if offers:
        starting.offer(as_json)
    starting.new(name, source, as_json)


@command("check", AGREEMENTS, "Ends with 1 if there is an error. Warnings and open points are told, and are no errors.")
def check(paths: Targets = None, as_json: Json = False) -> None:
    """Say what is wrong or open in an agreement.

    Errors and warnings are shown with the line they stand in and what to write instead. Then come the open points:
    blanks and defects of the source, ambiguities the parties can settle, and the readings the file chooses. For each
    file that the agreement uses, the digest that pins it is shown.

    \b
    Examples:
      clausula check                                   every agreement here
      clausula check agreements/funds_escrow           one of them
    """
    checking.check(paths or [], as_json)


@command("coverage", AGREEMENTS, "Ends with 1 if a section of the source has no clause.")
def coverage(paths: Targets = None, as_json: Json = False) -> None:
    """Compare an agreement with its source, section by section.

    The sections of the source are listed in `sections.txt` beside the clause file, one on each line. Each must have a
    clause, be it operative, protective, interpretive, boilerplate, or not encoded for a reason that it gives. What is
    counted here are the clauses of the file; `clausula test` counts those of them that can be met or not, and that its
    scenarios have shown both ways.

    \b
    Examples:
      clausula coverage funds_escrow
      clausula coverage --json | jq '.agreements[].missing'
    """
    covering.coverage(paths or [], as_json)


@command("test", AGREEMENTS, "Ends with 1 if something is not as a scenario expects.")
def play(
    paths: Targets = None,
    only: Annotated[
        str, typer.Option("-k", "--only", metavar="WORDS", help="Only scenarios with these words in their name.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Play the scenarios of an agreement and compare what happens with what they expect.

    Below the scenarios stands what they have shown: each operative clause that can be met or not, and each list item,
    should be seen both ways. Operative clauses that only say what words mean are not counted, so that these are fewer
    than `clausula coverage` counts.

    \b
    Examples:
      clausula test funds_escrow
      clausula test -k dispute                         only those about disputes
      clausula test agreements/funds_escrow/scenarios/closing.scenario
    """
    testing.play_all(paths or [], only, as_json)


@command("format", AGREEMENTS, "Ends with 1 if a file cannot be read, or with --check if one would change.")
def format_(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Clause files, scenario files or folders.")],
    only_check: Annotated[bool, typer.Option("--check", help="Change nothing; say what would change.")] = False,
    as_json: Json = False,
) -> None:
    """Write files in the one canonical layout, so that two versions differ only in what they say.

    Nothing is ever lost: a file is replaced whole, and only by a text that reads exactly as the old one does.

    \b
    Examples:
      clausula format agreements/funds_escrow
      clausula format --check agreements               for a build server
    """
    formatting.format_files(paths, only_check, as_json)


@command("explain", AGREEMENTS, "Ends with 2 if there is no such section, scenario or step.")
def explain(  # noqa: PLR0913 -- an argument for each option
    agreement: Annotated[
        str,
        typer.Argument(
            metavar="AGREEMENT",
            help="A folder, a clause file, a name, or the number of a deal.",
            autocompletion=completing.agreements_and_deals,
        ),
    ],
    section: Annotated[
        str,
        typer.Argument(
            metavar="QUESTION", help="A section or an item of one, a condition or a value, in quotation marks."
        ),
    ],
    scenario: Annotated[
        str,
        typer.Option(
            "--scenario",
            "-s",
            metavar="NAME",
            help="Say how it stands after this scenario.",
            autocompletion=completing.scenarios,
        ),
    ] = "",
    until: Annotated[
        int | None,
        typer.Option(
            "--until",
            "-u",
            metavar="STEP",
            parser=whole(0, 1_000_000),
            help="Stop after this step, as `run` numbers them.",
        ),
    ] = None,
    party: Annotated[
        str, typer.Option("--as", metavar="PARTY", help="The question is an act: why can the party not do it?")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="INSTANT", help="Of a deal: how it stood then.")] = "",
    known_at: Annotated[
        str, typer.Option("--known-at", metavar="INSTANT", help="Of a deal: from what had been recorded by then.")
    ] = "",
    person: Who = GUEST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Print what a section says and, at any point of a scenario or of a deal, why it stands as it does.

    A condition is answered with its reasons, a value with how it was worked out, and an act with what would make it
    possible.

    \b
    Examples:
      clausula explain funds_escrow '3.1(a)'
      clausula explain funds_escrow '3.1(a)(iv)' --scenario Closing --until 17
      clausula explain funds_escrow 'the balance of the Escrow Fund' --scenario Closing
      clausula explain 3f2a 'the deadline of section 4.1(d)'
      clausula explain 3f2a --as 'Escrow Agent' 'take the Hold'
    """
    if not scenario and is_deal(agreement):
        if until is not None:
            raise Unusable("--until needs --scenario.", "Of a deal, say with --as-of when it stood so.")
        explain_deal(agreement, section, party, as_of, known_at, person, database, as_json)
    if as_of or known_at:
        found = f"--as-of and --known-at ask about a deal, and `{agreement}` is an agreement."
        raise Unusable(found, "Give the number of a deal, or say with --scenario and --until where it stands.")
    explaining.explain_section(agreement, section, scenario, until, as_json, party)


@command("run", AGREEMENTS, "Ends with 1 if something is not as the scenario expects.")
def run(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A scenario file, or the name of a scenario in quotation marks.",
            autocompletion=completing.scenarios,
        ),
    ],
    agreement: Annotated[
        str,
        typer.Option(
            "--agreement",
            "-a",
            metavar="AGREEMENT",
            help="The agreement whose scenario it is.",
            autocompletion=completing.agreements,
        ),
    ] = "",
    only: Annotated[
        str, typer.Option("-k", "--only", metavar="WORDS", help="Of a file, only scenarios with these words.")
    ] = "",
    pause: Annotated[bool, typer.Option("--step", help="Wait for Enter after each step.")] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Show the steps of the scenario that this one continues in full, too."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each step, for programs.")] = False,
) -> None:
    """Play a scenario step by step: who did what, under which section, and all that came of it.

    Every step shows whether the act was accepted or refused and why, the conditions that turned true, the money that
    moved and the duties that changed.

    \b
    Examples:
      clausula run Closing --agreement funds_escrow
      clausula run Closing -a funds_escrow --step      one step at a time
      clausula run agreements/funds_escrow/scenarios/disputes.scenario -k hold
    """
    running.run(scenario, agreement, only, pause, as_json, every)


@command("schema", AGREEMENTS, "Ends with 1 if an agreement cannot run.")
def schema(
    paths: Targets = None,
    only_acts: Annotated[
        bool, typer.Option("--acts", help="Only what these agreements add: a mutation and the types of its acts.")
    ] = False,
) -> None:
    """Print the GraphQL schema that a service with these agreements serves, for programs that make types from it.

    \b
    Examples:
      clausula schema > schema.graphql
      clausula schema funds_escrow --acts              typed acts of this one
    """
    from api.cli import schema as printing  # noqa: PLC0415 -- a second's worth of libraries

    printing.show(paths or [], only_acts)
