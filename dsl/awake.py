"""Which provisions are considered, and for which of their rows: those that something has happened to.

Considering a unit (a provision for one row) that is at rest changes nothing, so leaving it out changes nothing either.
It wakes when something it looked up is written or an instant it met comes; a new entry wakes the provisions that range
over its kind. Who is awake is considered in the order in which everything would be: provision by provision, and row by
row in the order the rows were made. A state that comes without a memory wakes everything.
"""

from collections.abc import Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush

from dsl.calendars import local_date
from dsl.compile import Agreement
from dsl.copying import replace
from dsl.memory import Unit, Wake, Watch
from dsl.state import State
from dsl.terms import Provision


class Awake:
    """The units to consider until everything is at rest again, and what those that came to rest wait for."""

    def __init__(self, law: Agreement, state: State) -> None:
        self._law = law
        self._rows: dict[str, set[int]] = {}
        self._found: dict[Unit, tuple[Wake, ...]] = {}
        self._key, self._last, self._most = "", 0, 0
        self._next: list[int] = []
        self._asked: set[str] = set()
        if _unsettled(law, state):
            self._wake_all(law, state)
            return
        for unit in state.memory.waiting_until(state.now):
            self.wake(unit, state)

    def __bool__(self) -> bool:
        return any(self._rows.values())

    def under(self, law: Agreement, state: State) -> State:
        """What has been written before anything is considered; under another text everything is, and nothing that only
        the text before it says."""
        if self._next:
            self._rows.setdefault(self._key, set()).update(self._next)
        self._key, self._next = "", []
        if law is not self._law:
            self._law, self._rows = law, {}
            self._wake_all(law, state)
        return self.heard(state)

    def rows_of(self, provision: Provision, state: State) -> Iterator[int]:
        """The numbers of the rows of a provision that are awake, 0 if it has none, in order.

        A row that comes about meanwhile waits for the next time.
        """
        waiting = self._rows.pop(provision.key, None)
        if not waiting:
            return
        self._key, self._last, self._most = provision.key, -1, len(state.entries)
        self._next = [number for number in waiting if number <= self._most]
        for number in waiting:
            if number > self._most:
                self.wake((provision.key, number), state)
        heapify(self._next)
        while self._next:
            number = heappop(self._next)
            if number != self._last:
                self._last = number
                yield number
        self._key = ""

    def heard(self, state: State, unit: Unit | None = None) -> State:
        """The state once everybody who looked up what has been written is awake; `unit` wrote it."""
        memory = state.memory
        if unit is not None:
            self.wake(unit, state)
        if memory.touched is None:
            self._found = {}
            self._wake_all(self._law, state)
        for key in memory.affected(memory.touched)[0] if memory.touched else ():
            for reader in tuple(memory.readers.get(key, ())):
                self.wake(reader, state)
            if key[0] == "entry":
                entry = state.entries[key[1] - 1]
                for over in self._law.over.get(entry.kind, ()):
                    self.wake((over, entry.number), state)
                if entry.given is not None:
                    self._found["", entry.number] = _wakes(("", entry.number), {entry.given}, {entry.given}, state.now)
        if unit is None and memory.touched == ():
            return state
        return replace(state, watch=None, memory=replace(memory, touched=()))

    def asks(self, state: State, unit: Unit, watch: Watch) -> None:
        """Note of which readings it was open how a unit stands, be it at rest already or not."""
        terms = self._law.terms
        if (terms.ambiguities or terms.blanks) and unit[0] not in self._law.of_today:
            found = {key[1] for key in state.memory.plain(watch.reads) if key[0] == "open"} - {*state.choices}
            self._asked |= found & {*terms.ambiguities, *terms.blanks}

    def rests(self, state: State, unit: Unit, watch: Watch, agenda: set[datetime]) -> None:
        """Note that a unit is at rest, what it looked up, and which of the instants it met are on the agenda."""
        state.memory.reads(unit, watch)
        self._found[unit] = _wakes(unit, watch.instants, agenda, state.now)

    def at_rest(self, state: State) -> State:
        """The state once everything is at rest."""
        return replace(state, memory=state.memory.at_rest(state.now, self._found, frozenset(self._asked)))

    def wake(self, unit: Unit, state: State) -> None:
        """Wake a unit, if there is one: what was read may have been read in another course of events."""
        key, number = unit
        provision = self._law.by_key.get(key)
        if provision is None or number > len(state.entries) or (number == 0) != (provision.rows is None):
            return
        if provision.rows is not None and state.entries[number - 1].kind not in provision.rows.kinds:
            return
        if key == self._key and self._last < number <= self._most:
            heappush(self._next, number)
        else:
            self._rows.setdefault(key, set()).add(number)

    def _wake_all(self, law: Agreement, state: State) -> None:
        for provision in law.provisions:
            for number in units(provision, state):
                self.wake((provision.key, number), state)
        for entry in state.entries:
            if entry.given is not None:
                self._found["", entry.number] = _wakes(("", entry.number), {entry.given}, {entry.given}, state.now)


def units(provision: Provision, state: State) -> tuple[int, ...]:
    """The numbers of the entries that can be rows of a provision, 0 alone if it has no rows."""
    return tuple(row.number for row in state.of_kinds(provision.rows.kinds)) if provision.rows is not None else (0,)


def _wakes(unit: Unit, met: set[datetime], agenda: set[datetime], now: datetime) -> tuple[Wake, ...]:
    return tuple(sorted((each, unit, each in agenda) for each in met | agenda if each > now))


def is_at_rest(law: Agreement, state: State) -> bool:
    """Whether it is known that nothing follows from a state now."""
    return not (_unsettled(law, state) or state.memory.touched or state.memory.waiting_until(state.now))


def _unsettled(law: Agreement, state: State) -> bool:
    """Whether nothing is known to be at rest: no memory, an earlier instant, or a year that caps count anew in."""
    memory = state.memory
    if memory.touched is None or memory.at is None or state.now < memory.at:
        return True
    zone = law.terms.zone
    yearly = any(cap.yearly for cap in law.terms.caps)
    return yearly and local_date(memory.at, zone).year != local_date(state.now, zone).year
