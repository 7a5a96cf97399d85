"""SQLite's own way to the disk, listened to and let down: each write, cut, sync and delete of its files.

The library that the store uses is left as it is: the table of functions through which it reaches its files, its VFS,
is found in memory, and four of them first come by here. So what is recorded is what the real store had written when a
request was acknowledged; and a write can be made to fail as a full or a dying disk would make it fail.
"""

import ctypes
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from api.store.driver import choose_driver

OK = 0
FULL = 13
MAKING = 0x4
JOURNAL = 0x800 | 0x80000
WRITE_FAILED = 10 | 3 << 8
SYNC_FAILED = 10 | 4 << 8


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put into a file at a place."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file made as short, or long, as this."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """All that was done to a file so far is on the disk once this is done; and to the names in its folder, perhaps."""

    file: str
    folder: bool


@dataclass(frozen=True, slots=True)
class Delete:
    """A file taken away; for good at once if the folder was synced too."""

    file: str
    synced: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was told at this point."""

    what: Any


Step: TypeAlias = Write | Cut | Sync | Delete | Said
Fault: TypeAlias = Callable[[Step], int]
"""What SQLite is told instead of having a step done; OK lets it be done."""


@dataclass
class Disk:
    """What happened to the files of a folder, in order, and what is to go wrong."""

    folder: Path
    steps: list[Step] = field(default_factory=list)
    fault: Fault = lambda _step: OK

    def said(self, what: Any) -> None:
        """Note what somebody was told, between what happened before and after."""
        self.steps.append(Said(what))

    def name(self, path: bytes | None) -> str | None:
        """The name of a file of the folder; other files, and those without a name, are nobody's business."""
        found = Path(path.decode()) if path else None
        return found.name if found is not None and found.parent == self.folder else None

    def do(self, step: Step, act: Callable[[], int]) -> int:
        """Do a step, unless it is to fail, and note it."""
        told = self.fault(step) or act()
        if told == OK:
            self.steps.append(step)
        return told


# ------------------------------------------------------------- the tables of functions, as sqlite3.h lays them out


def _table(name: str, before: list[tuple[str, Any]], functions: str) -> type[ctypes.Structure]:
    fields = [*before, *((each, ctypes.c_void_p) for each in functions.split())]
    return type(name, (ctypes.Structure,), {"_fields_": fields})


_VFS = _table(
    "_VFS",
    [("version", ctypes.c_int), ("size", ctypes.c_int), ("longest", ctypes.c_int), ("next", ctypes.c_void_p)],
    "name data open delete",
)
_METHODS = _table(
    "_METHODS",
    [("version", ctypes.c_int)],
    "close read write truncate sync file_size lock unlock check_reserved_lock file_control sector_size "
    "characteristics shm_map shm_lock shm_barrier shm_unmap fetch unfetch",
)
_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_DELETE = ctypes.CFUNCTYPE(_I, _P, ctypes.c_char_p, _I)
_WRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_TRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_SYNC = ctypes.CFUNCTYPE(_I, _P, _I)


_LIBRARIES = {"sqlite3.dbapi2": "_sqlite3", "pysqlite3.dbapi2": "pysqlite3._sqlite3"}
"""The compiled part of each driver; SQLite is in it, or found through it."""


class _Tap:
    """Stands in the tables of one library for as long as the process lasts, and passes on what it is given."""

    def __init__(self) -> None:
        self.disk: Disk | None = None
        self._files: dict[int, tuple[Disk, str]] = {}
        self._new: set[int] = set()
        self._methods: dict[int, Any] = {}
        self._kept: list[Any] = []
        shared = importlib.import_module(_LIBRARIES[choose_driver().__name__])
        library = ctypes.CDLL(str(shared.__file__))
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_VFS)
        vfs = library.sqlite3_vfs_find(None).contents
        self._open, self._delete = _OPEN(vfs.open), _DELETE(vfs.delete)
        vfs.open, vfs.delete = self._address(_OPEN(self._on_open)), self._address(_DELETE(self._on_delete))

    def _address(self, function: Any) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, ctypes.c_void_p).value

    def _on_open(self, vfs: int, path: int | None, file: int, flags: int, out: int | None) -> int:
        told: int = self._open(vfs, path, file, flags, out)
        methods = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        name = self.disk.name(ctypes.string_at(path)) if self.disk is not None and path else None
        self._files.pop(file, None)
        self._new.discard(file)
        if told == OK and name is not None and methods[0]:
            assert self.disk is not None
            self._files[file] = self.disk, name
            if flags & MAKING and flags & JOURNAL:
                self._new.add(file)  # SQLite syncs the folder together with the first sync of a journal
            methods[0] = ctypes.addressof(self._tapped(methods[0]))
        return told

    def _on_delete(self, vfs: int, path: bytes, synced: int) -> int:
        name = self.disk.name(path) if self.disk is not None else None
        if self.disk is None or name is None:
            return int(self._delete(vfs, path, synced))
        return self.disk.do(Delete(name, bool(synced)), lambda: int(self._delete(vfs, path, synced)))

    def _tapped(self, address: int) -> Any:
        """A copy of a table of functions on an open file, with ours in it."""
        if address in self._methods:
            return self._methods[address]
        table: Any = _METHODS.from_buffer_copy(ctypes.string_at(address, ctypes.sizeof(_METHODS)))
        write, truncate, sync = _WRITE(table.write), _TRUNCATE(table.truncate), _SYNC(table.sync)

        def on_write(file: int, data: int, size: int, offset: int) -> int:
            disk, name = self._files[file]
            return disk.do(Write(name, offset, ctypes.string_at(data, size)), lambda: write(file, data, size, offset))

        def on_truncate(file: int, size: int) -> int:
            disk, name = self._files[file]
            return disk.do(Cut(name, size), lambda: truncate(file, size))

        def on_sync(file: int, flags: int) -> int:
            disk, name = self._files[file]
            told = disk.do(Sync(name, file in self._new), lambda: sync(file, flags))
            if told == OK:
                self._new.discard(file)
            return told

        table.write = self._address(_WRITE(on_write))
        table.truncate = self._address(_TRUNCATE(on_truncate))
        table.sync = self._address(_SYNC(on_sync))
        self._methods[address] = table
        return table


_taps: list[_Tap] = []


@contextmanager
def watched(folder: Path, kind: type[Disk] = Disk) -> Iterator[Disk]:
    """The disk under whatever SQLite opens in a folder while the block lasts."""
    if not _taps:
        _taps.append(_Tap())
    tap = _taps[0]
    assert tap.disk is None
    tap.disk = kind(folder.resolve())
    try:
        yield tap.disk
    finally:
        tap.disk = None
