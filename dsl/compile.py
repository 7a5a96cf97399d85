"""Checked terms in, the form the engine runs: provisions in the order they depend on each other, and look-up tables.

The order is that of `sequence.py`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from dsl import terms as t
from dsl.basis import reads_money, reads_today
from dsl.diagnostics import Diagnostic
from dsl.lookups import Lookup, lookups
from dsl.money import Quantity
from dsl.presets import PRESETS
from dsl.resolve.walk import walk
from dsl.sequence import FAILING as FAILING
from dsl.sequence import covers as covers
from dsl.sequence import in_sequence, reached
from dsl.source import Span


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement ready to run; `digest` is the SHA-256 of its text.

    `sections` are those that something can be cited under, `over` the provisions that range over a kind by their keys.
    `daily` are the provisions under which an amount is owed that is worked out from the current date, and `moving`
    those where it is worked out from money that has moved; `moving_caps` are the places of caps whose limit is.
    `making` has the word for making an entry of each kind. `together` are the provisions that one sentence makes happen
    by itself, in order, by the key of each, and `endings` those whose sentence ends the agreement, after what may have
    occurred that these ask for. `lookups` say how the rows of a selection are looked up. `doubtful` are the provisions
    that make an entry of a kind occur where it may rest on a blank or a reading whether they do, by their keys;
    `occurring` are all that make one occur. `of_today` are the provisions of which nothing is left once their condition
    is over: powers without a time that come and go with it, for no entry, yield to no other section and protect nobody.
    `by_itself` is what happens by itself, by its form, in a text that leaves a blank or a reading open.
    """

    terms: t.Terms
    digest: str
    provisions: tuple[t.Provision, ...]
    by_key: dict[str, t.Provision]
    validities: dict[str, tuple[t.Validity, ...]]
    movements: tuple[t.Kind, ...]
    recurring: tuple[t.Kind, ...]
    units: tuple[str, ...]
    sections: tuple[str, ...]
    over: dict[str, tuple[str, ...]]
    daily: frozenset[str]
    moving: frozenset[str]
    making: dict[str, str]
    moving_caps: frozenset[Span]
    together: dict[str, tuple[str, ...]]
    endings: tuple[str, ...]
    lookups: dict[int, Lookup] = field(compare=False, repr=False)
    doubtful: dict[str, tuple[str, ...]]
    occurring: dict[str, tuple[str, ...]]
    of_today: frozenset[str]
    by_itself: dict[type, tuple[t.Provision, ...]]

    def members(self, name: str) -> tuple[str, ...]:
        """The parties a name stands for: itself, or the members of a group and of the groups in it."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            party = self.terms.parties.get(each)
            if party is None or party.role != "group":
                found[each] = None
            elif each not in seen:
                seen.add(each)
                waiting.extend(reversed(party.members))
        return tuple(found)

    def sentence_of(self, key: str) -> tuple[str, ...]:
        """The provisions that happen together with one that happens by itself, in the order of the sentence."""
        return self.together.get(key, (key,))

    def key_now(self, key: str) -> str:
        """The key of a provision that an act was recorded under, be it by its words, which an amendment stated."""
        if not key or key in self.by_key:
            return key
        return next((each.key for each in self.provisions if each.words == key), key)

    def speaks_for(self, actor: str, name: str) -> bool:
        """Whether an act of `actor` is an act of `name`: the same, or a member of a group that acts by any of them."""
        seen = {name}
        waiting = [name]
        while waiting and actor not in seen:
            party = self.terms.parties.get(waiting.pop())
            if party is not None and (party.rule in ("any", "1") or len(party.members) == 1):
                waiting.extend(each for each in party.members if each not in seen)
                seen.update(party.members)
        return actor in seen

    def behind(self, actor: str) -> tuple[str, ...]:
        """Whose act an act is: the actor's, that of whom a person acts for, and that of each member of a group."""
        party = self.terms.parties.get(actor)
        principal = (party.acts_for,) if party is not None and party.acts_for else ()
        return tuple(dict.fromkeys(member for name in (actor, *principal) for member in (name, *self.members(name))))

    def kinds_of(self, name: str) -> tuple[str, ...]:
        """The kinds a noun stands for: itself, or the members of a list."""
        return self.terms.collections.get(name, (name,) if name in self.terms.kinds else ())

    def abouts(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The kinds that entries of these are about."""
        return tuple(each for kind in kinds for each in self.kinds_of(self.terms.kinds[kind].about))

    def nouns_of(self, kind: str) -> tuple[str, ...]:
        """What `such` can call an entry of a kind: the kind, and each list that it is in."""
        return (kind, *(name for name, kinds in self.terms.collections.items() if kind in kinds))

    def signers(self, kind: str) -> tuple[str, ...]:
        """Everybody whose signature an entry of the kind needs."""
        named = self.terms.kinds[kind].signers
        return tuple(dict.fromkeys(member for name in named for member in self.members(name)))

    def everybody(self) -> tuple[str, ...]:
        """Every legal person bound by the agreement."""
        return tuple(name for name, party in self.terms.parties.items() if party.role == "party")


def survives(agreement: Agreement, section: str) -> bool:
    """Whether a section outlives the termination of the agreement."""
    return any(covers(surviving, section) for surviving in agreement.terms.survivals)


def as_written(agreement: Agreement) -> tuple[t.Provision, ...]:
    """The provisions in the order of the text, each before what follows from missing it."""
    places = {each.key: place for place, each in enumerate(agreement.terms.provisions)}
    return tuple(sorted(agreement.provisions, key=lambda each: places[each.key.removesuffix(FAILING)]))


def compile_terms(terms: t.Terms) -> Agreement | Diagnostic:
    """Order the provisions; a circle is answered with where it closes."""
    order = in_sequence((*terms.provisions, *_failing(terms.provisions)), terms, _together(terms.provisions))
    if isinstance(order, Diagnostic):
        return order
    validities: dict[str, tuple[t.Validity, ...]] = {}
    for guard in terms.validities:
        validities[guard.kind] = (*validities.get(guard.kind, ()), guard)
    together = _together(terms.provisions)
    doubtful = _doubtful(order, terms)
    return Agreement(
        terms,
        hashlib.sha256(terms.text.encode()).hexdigest(),
        order,
        {provision.key: provision for provision in order},
        validities,
        tuple(kind for kind in terms.kinds.values() if kind.preset == "movement"),
        tuple(kind for kind in terms.kinds.values() if kind.every is not None),
        _units(terms),
        tuple(dict.fromkeys((*terms.clauses, *(each.section for each in order), *(each.cited for each in order)))),
        {kind: tuple(each.key for each in order if each.rows and kind in each.rows.kinds) for kind in terms.kinds},
        frozenset(each.key for each in order if reads_today(terms, _amount(each))),
        frozenset(each.key for each in order if reads_money(terms, _amount(each))),
        {kind: making_word(terms, kind) for kind in terms.kinds},
        frozenset(cap.span for cap in terms.caps if reads_money(terms, cap.limit)),
        together,
        tuple(_endings(order, terms, together, doubtful)),
        lookups(terms, order),
        doubtful,
        {kind: tuple(each.key for each in order if kind in _occurs(each)) for kind in terms.kinds},
        frozenset(each.key for each in order if _is_of_today(each, terms)),
        _by_itself(order) if terms.blanks or terms.ambiguities else {},
    )


def making_word(terms: t.Terms, kind: str) -> str:
    """The word for making an entry of a kind: the one a sentence of the agreement uses, else that of its preset.

    `file an Interpleader`, where a section says that somebody may file one.
    """
    preset = PRESETS[terms.kinds[kind].preset]
    for provision in terms.provisions:
        act = getattr(provision.statement, "act", None)
        if isinstance(act, t.Enter) and act.verb == "make" and kind in act.kinds:
            word = act.text.partition(" ")[0]
            if word in preset.verbs and word != "sign":
                return word
    return preset.making


def _together(provisions: tuple[t.Provision, ...]) -> dict[str, tuple[str, ...]]:
    """The keys of what each sentence makes happen by itself, for the sentences that make several things happen."""
    sentences: dict[str, list[str]] = {}
    for provision in provisions:
        if not isinstance(provision.statement, t.Binding):
            sentences.setdefault(provision.key.rpartition(".")[0], []).append(provision.key)
    return {key: tuple(keys) for keys in sentences.values() if len(keys) > 1 for key in keys}


def _amount(provision: t.Provision) -> t.Value | None:
    """The amount that is owed or may be paid under a provision."""
    return getattr(getattr(provision.statement, "act", None), "amount", None)


def _failing(provisions: tuple[t.Provision, ...]) -> Iterator[t.Provision]:
    """What follows `failing which`, each as a provision of its own."""
    for provision in provisions:
        statement = provision.statement
        if isinstance(statement, t.Duty) and statement.failing is not None:
            yield replace(
                provision, key=provision.key + FAILING, statement=statement.failing, trigger=None, latches=True
            )


def _by_itself(provisions: tuple[t.Provision, ...]) -> dict[type, tuple[t.Provision, ...]]:
    """What happens by itself, by the form of its statement."""
    forms = dict.fromkeys(type(each.statement) for each in provisions if not isinstance(each.statement, t.Binding))
    return {form: tuple(each for each in provisions if isinstance(each.statement, form)) for form in forms}


def _units(terms: t.Terms) -> tuple[str, ...]:
    """Every unit in which something can be paid: the currency, those of the funds, and those of what is owed."""
    stated = [(terms.provisions, tuple(terms.values.values()))]
    literals = [each.content for each in walk(tuple(stated)) if isinstance(each, t.Literal)]
    amounts = [content.unit for content in literals if isinstance(content, Quantity)]
    fields = [field.type for kind in terms.kinds.values() for field in kind.fields]
    stating = [type_.of[0] for type_ in fields if type_.name == "amount"]
    held = [fund.unit for fund in terms.funds.values()]
    return tuple(dict.fromkeys((terms.currency, *held, *amounts, *stating)))


def _occurs(provision: t.Provision) -> tuple[str, ...]:
    """The kind that a provision makes occur, if any."""
    return (provision.statement.kind,) if isinstance(provision.statement, t.Occurs) else ()


def _is_of_today(provision: t.Provision, terms: t.Terms) -> bool:
    """Whether nothing is left of a provision once its condition is over."""
    power = provision.statement
    if not isinstance(power, t.Power) or isinstance(power.act, t.Hold) or provision.trigger is None:
        return False
    timed = power.window.within is not None or power.window.by is not None or power.window.about is not None
    others = (*(edge.lower for edge in terms.edges), *(each for guard in terms.protections for each in guard.sections))
    lasting = provision.latches or provision.rows is not None or any(covers(each, provision.cited) for each in others)
    return not timed and not lasting


def _doubtful(provisions: tuple[t.Provision, ...], terms: t.Terms) -> dict[str, tuple[str, ...]]:
    """The provisions, by the kind that each makes occur, whose condition may be open: it rests on a blank or a reading,
    on the end of the agreement, or on the occurrence of what may be open itself."""
    rests = {
        each.key: tuple(reached((each.rows, each.trigger, each.every, each.statement), terms))
        for each in provisions
        if isinstance(each.statement, t.Occurs) and not each.key.endswith(FAILING)
    }
    found: dict[str, tuple[str, ...]] = {}
    size = -1
    while size != sum(map(len, found.values())):
        size = sum(map(len, found.values()))
        for provision in provisions:
            statement, key = provision.statement, provision.key
            if not isinstance(statement, t.Occurs) or key not in rests or key in found.get(statement.kind, ()):
                continue
            if any(_may_be_open(each, found) for each in rests[key]):
                found[statement.kind] = (*found.get(statement.kind, ()), key)
    return found


def _may_be_open(part: Any, doubtful: dict[str, tuple[str, ...]]) -> bool:
    if isinstance(part, t.Selection):
        return any(kind in doubtful for kind in part.kinds)
    return isinstance(part, t.BlankValue | t.ReadAs | t.Terminated | t.CapFigure | t.Balance | t.Silent | t.InHours)


def _endings(
    provisions: tuple[t.Provision, ...],
    terms: t.Terms,
    together: dict[str, tuple[str, ...]],
    doubtful: dict[str, tuple[str, ...]],
) -> Iterator[str]:
    """The provisions whose sentence ends the agreement, and before them those that make an entry occur on which such a
    sentence rests, where it may be open whether they do: each once."""
    ends = [each for each in provisions if isinstance(each.statement, t.Terminates)]
    wanted: set[str] = set()
    waiting = list(ends)
    while waiting:
        provision = waiting.pop()
        parts = reached((provision.rows, provision.trigger, provision.every), terms)
        kinds = {kind for each in parts if isinstance(each, t.Selection) for kind in each.kinds}
        keys = {key for kind in kinds for key in doubtful.get(kind, ())} - wanted
        wanted |= keys
        waiting += [each for each in provisions if each.key in keys]
    before = (each for each in provisions if each.key in wanted)
    yield from dict.fromkeys(key for each in (*before, *ends) for key in together.get(each.key, (each.key,)))
