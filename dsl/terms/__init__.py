"""The checked form of an agreement: names resolved, amounts, dates and units typed."""

from dsl.terms.agreement import *  # noqa: F403
from dsl.terms.conditions import *  # noqa: F403
from dsl.terms.contents import *  # noqa: F403
from dsl.terms.days import *  # noqa: F403
from dsl.terms.definitions import *  # noqa: F403
from dsl.terms.hours import *  # noqa: F403
from dsl.terms.provisions import *  # noqa: F403
from dsl.terms.values import *  # noqa: F403
