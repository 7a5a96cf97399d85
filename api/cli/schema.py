"""`clausula schema`: the GraphQL schema that a service with some agreements serves, without starting one."""

from collections.abc import Iterable

import typer

from api.agreements import assembled, places
from api.cli.output import Exit, complain, leave
from api.editions import catalogue_of
from api.schema import added, make_schema, printed


def show(paths: Iterable[str], only_acts: bool) -> None:
    """Print the schema, or only what the agreements add to that which every service has."""
    found = catalogue_of({each.name: assembled(each) for each in places(paths)})
    for name, report in found.broken.items():
        complain(f"{name} cannot run.\n{report}", "Mend it first; `clausula check` shows it in full.")
    if found.broken:
        leave(Exit.NOT_AS_IT_SHOULD_BE)
    schema = make_schema(found.editions.values())
    typer.echo(added(schema) if only_acts else printed(schema), nl=False)
