"""A small store of what was used lately, for several threads at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lately(Generic[K, V]):
    """Keeps the values that were used last, up to a number of them, or to a sum of what `size` says of each key."""

    def __init__(self, most: int, size: Callable[[K], int] = lambda _: 1) -> None:
        self._most = most
        self._size = size
        self._kept = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: K) -> V | None:
        """The value under a key, if it is still here."""
        with self._guard:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Keep a value, and let go of those not used for longest."""
        with self._guard:
            self._kept += 0 if key in self._values else self._size(key)
            self._values[key] = value
            self._values.move_to_end(key)
            while self._kept > self._most:
                gone, _ = self._values.popitem(last=False)
                self._kept -= self._size(gone)
