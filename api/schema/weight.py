"""How much an operation asks for, worked out from its document before anything dearer looks at it.

A fragment is weighed once, however often it is spread, so that a document of fragments that spread each other twice
costs what it has lines, and not what it would be written out. The cost is that of the worst case: one for each field,
times the rows of each page above it, as the request or the schema says how many these are.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

from api.schema.context import LARGEST_PAGE

DEEPEST: Final = 24
MOST_FIELDS: Final = 3000
MOST_ALIASES: Final = 100
MOST_ROOTS: Final = 20
DEAREST: Final = 100_000
DEAR: Final = {
    "preview": 5_000,
    "compare": 5_000,
    "whyNot": 5_000,
    "explain": 5_000,
    "toSign": 5_000,
    "toSignAll": 5_000,
}
"""What it costs to ask for what is tried out on a whole deal; anything else costs 1."""
MOST_OPERATIONS: Final = 20
MOST_FRAGMENTS: Final = 100
MOST_WRITTEN_OUT: Final = 4 * MOST_FIELDS
"""So many fields all operations and fragments of a document may have together, each with what it spreads."""
MOST_REPEATS: Final = 5000
"""So many pairs of fields with one name in one place may there be, each of which validation compares."""
_ENDLESS: Final = 10**9
_PAGES: Final = ("first", "last")
_ROWS: Final = (*_PAGES, "ids")


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a selection asks for."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    cost: int = 0

    def beside(self, other: "Weight") -> "Weight":
        """Two selections in one place."""
        return Weight(
            max(self.depth, other.depth),
            min(self.fields + other.fields, _ENDLESS),
            min(self.aliases + other.aliases, _ENDLESS),
            min(self.cost + other.cost, _ENDLESS),
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What an operation costs at most, how many questions it asks, and which of them costs most."""

    cost: int = 0
    roots: int = 0
    dearest: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The limit that a document passes, if any; what each operation costs; which variables say how long a page is.

    `circle` says that a fragment spreads itself: it is no operation, and nothing else in it is worth a look.
    """

    excess: str | None
    prices: Mapping[str | None, Price]
    paged: frozenset[str]
    circle: bool

    @property
    def many(self) -> bool:
        """Whether there is more than one operation, so that the one to run has to be named."""
        return len(self.prices) > 1

    def price(self, operation: str | None) -> Price:
        """What an operation costs; that of the only one if none is named."""
        found = self.prices.get(operation)
        return found or (next(iter(self.prices.values())) if len(self.prices) == 1 else Price())


@dataclass(slots=True)
class Scale:
    """Weighs one document; a fragment is weighed once."""

    fragments: dict[str, FragmentDefinitionNode]
    schema: GraphQLSchema | None = None
    variables: Mapping[str, int] = field(default_factory=dict)
    known: dict[str, Weight] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    paged: set[str] = field(default_factory=set)
    circle: bool = False

    def selection(self, selections: SelectionSetNode | None, of: GraphQLNamedType | None = None) -> Weight:
        total = Weight()
        for each in selections.selections if selections is not None else ():
            total = total.beside(self.part(each, of))
        return total

    def part(self, node: SelectionNode, of: GraphQLNamedType | None) -> Weight:
        match node:
            case FieldNode():
                return self.field(node, of)
            case InlineFragmentNode():
                return self.selection(node.selection_set, self.type_of(node) or of)
            case FragmentSpreadNode():
                return self.fragment(node.name.value)
            case _:
                return Weight()

    def field(self, node: FieldNode, of: GraphQLNamedType | None = None) -> Weight:
        known = self.definition(node, of)
        inner = self.selection(node.selection_set, None if known is None else get_named_type(known.type))
        times = self.times(node, known) if node.selection_set is not None else 1
        cost = min(DEAR.get(node.name.value, 1) + times * inner.cost, _ENDLESS)
        return Weight(inner.depth + 1, inner.fields + 1, inner.aliases + (node.alias is not None), cost)

    def fragment(self, name: str) -> Weight:
        if name not in self.known:
            found = self.fragments.get(name)
            if found is None or name in self.open:
                self.circle = self.circle or found is not None
                return Weight()  # a fragment that is missing or a circle: validation says so
            self.open.add(name)
            self.known[name] = self.selection(found.selection_set, self.type_of(found))
            self.open.discard(name)
        return self.known[name]

    def times(self, node: FieldNode, known: GraphQLField | None) -> int:
        """How many rows a field may bring: as many as are asked for, else what the schema says, else the most."""
        asked = {each.name.value: each.value for each in node.arguments or () if each.name.value in _ROWS}
        for value in asked.values():
            match value:
                case ListValueNode(values=values):
                    return _page(len(values))
                case IntValueNode(value=written):
                    return _page(int(written))
                case VariableNode(name=name):
                    self.paged.add(name.value)
                    return _page(self.variables.get(name.value, LARGEST_PAGE))
                case _:
                    continue
        for page in _PAGES if known is not None else ():
            argument = known.args.get(page) if known is not None else None
            if argument is not None:
                default = argument.default_value
                return _page(default) if isinstance(default, int) else LARGEST_PAGE
        return 1

    def definition(self, node: FieldNode, of: GraphQLNamedType | None) -> GraphQLField | None:
        """What the schema says of a field; None where it does not know it, which validation tells."""
        if self.schema is None or of is None or not is_composite_type(of):
            return None
        return self.schema.get_field(of, node.name.value)

    def type_of(self, fragment: InlineFragmentNode | FragmentDefinitionNode) -> GraphQLNamedType | None:
        """The type that a fragment is about."""
        if self.schema is None or fragment.type_condition is None:
            return None
        return self.schema.get_type(fragment.type_condition.name.value)

    def repeats(self, places: list[SelectionSetNode], most: int) -> int:
        """How many pairs of fields with one name there are in one place and below it; counted to a bit over `most`."""
        found: dict[str, list[FieldNode]] = defaultdict(list)
        seen: set[str] = set()
        for place in places:
            self._spread(place, found, seen)
        pairs = sum(len(each) * (len(each) - 1) // 2 for each in found.values())
        for nodes in found.values():
            below = [node.selection_set for node in nodes if node.selection_set is not None]
            if below and pairs <= most:
                pairs += self.repeats(below, most - pairs)
        return pairs

    def _spread(self, place: SelectionSetNode, found: dict[str, list[FieldNode]], seen: set[str]) -> None:
        """Puts the fields of a place under their names, with those of each fragment once."""
        for each in place.selections:
            match each:
                case FieldNode():
                    found[each.alias.value if each.alias is not None else each.name.value].append(each)
                case InlineFragmentNode():
                    self._spread(each.selection_set, found, seen)
                case FragmentSpreadNode(name=name) if name.value not in seen and name.value in self.fragments:
                    seen.add(name.value)
                    self._spread(self.fragments[name.value].selection_set, found, seen)
                case _:
                    continue


def _page(rows: int) -> int:
    return min(max(rows, 1), LARGEST_PAGE)


def weighed(
    document: DocumentNode, schema: GraphQLSchema | None = None, variables: Mapping[str, int] | None = None
) -> Verdict:
    """What a document asks for; without a schema or variables, what it may ask for at most as far as it says itself."""
    parts = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    asked = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    scale = Scale({each.name.value: each for each in parts}, schema, variables or {})
    excess = _first_over(("number of operations", len(asked), MOST_OPERATIONS))
    prices: dict[str | None, Price] = {}
    written_out = 0
    for each in asked if excess is None else ():
        root = None if schema is None else schema.get_root_type(OperationType(each.operation))
        total, roots, dearest = Weight(), 0, (0, "")
        for one in each.selection_set.selections:
            weight = scale.part(one, root)
            total = total.beside(weight)
            if isinstance(one, FieldNode):
                roots, dearest = roots + 1, max(dearest, (weight.cost, one.name.value))
        price = Price(total.cost, roots, dearest[1])
        prices[each.name.value if each.name is not None else None] = price
        excess, written_out = excess or _over(total, price), written_out + total.fields
    for part in parts if excess is None else ():
        total = scale.fragment(part.name.value)
        excess, written_out = excess or _over(total, Price()), written_out + total.fields
    excess = excess or _first_over(("number of fragments", len(parts), MOST_FRAGMENTS))
    excess = excess or _first_over(("number of fields", written_out, MOST_WRITTEN_OUT))
    if excess is None and not scale.circle:
        places = [each.selection_set for each in (*asked, *parts)]
        pairs = 0
        for place in places:
            pairs += scale.repeats([place], MOST_REPEATS - pairs) if pairs <= MOST_REPEATS else 0
        excess = _first_over(("number of fields that say the same again", pairs, MOST_REPEATS))
    return Verdict(excess, prices, frozenset(scale.paged), scale.circle)


def excess(document: DocumentNode) -> str | None:
    """Which limit a document passes, or None if it keeps within all of them."""
    return weighed(document).excess


def _over(weight: Weight, price: Price) -> str | None:
    return _first_over(
        ("depth", weight.depth, DEEPEST),
        ("number of fields", weight.fields, MOST_FIELDS),
        ("number of aliases", weight.aliases, MOST_ALIASES),
        ("number of questions", price.roots, MOST_ROOTS),
        ("cost", weight.cost, DEAREST),
    )


def _first_over(*limits: tuple[str, int, int]) -> str | None:
    for name, asked, most in limits:
        if asked > most:
            return f"The {name} of this operation is more than {most}."
    return None
