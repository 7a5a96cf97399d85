"""What a clause file says, before anything is known about its names: one frozen class per grammar rule."""

from dsl.syntax.agreement import *  # noqa: F403
from dsl.syntax.common import *  # noqa: F403
from dsl.syntax.conditions import *  # noqa: F403
from dsl.syntax.days import *  # noqa: F403
from dsl.syntax.definitions import *  # noqa: F403
from dsl.syntax.literals import *  # noqa: F403
from dsl.syntax.provisions import *  # noqa: F403
from dsl.syntax.scenarios import *  # noqa: F403
from dsl.syntax.values import *  # noqa: F403
