"""The syntax of roles: who filled one at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsl.syntax.common import Name, Node

if TYPE_CHECKING:
    from dsl.syntax.values import Value


@dataclass(frozen=True, slots=True)
class HolderOf(Node):
    """Who filled a role at a time: `the Landlord as of the making of such Deposit`."""

    role: Name
    moment: "Value"
