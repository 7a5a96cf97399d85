"""The checked form of an agreement: names resolved, amounts, dates and units typed."""

from dsl.terms.agreement import *  # noqa: F403
from dsl.terms.values import *  # noqa: F403
