"""One writing process per file: the others are told who has it.

The store trusts that nobody else writes between its reading a deal and its appending to it, across
many commits. The database's own locks last for one transaction; this one lasts as long as the
process. The operating system lets go of it when the process dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class AlreadyWritten(Exception):
    """Another process is the writer of this file; `holder` is its pid, as far as it is known."""

    def __init__(self, database: Path, holder: str) -> None:
        super().__init__(
            f"{database} already has a writer, the process with the pid {holder}. "
            "Stop that process first, or give this one a file of its own."
        )
        self.holder = holder


class ProcessLock:
    """Holds `<file>.lock` from its making until `release`."""

    def __init__(self, database: Path) -> None:
        self._released = False
        path = database.with_name(database.name + ".lock")
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._file, 32).decode(errors="replace").strip() or "unknown"
            os.close(self._file)
            raise AlreadyWritten(database, holder) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next process write. The file stays: removing it would race with that process."""
        if not self._released:
            self._released = True
            os.ftruncate(self._file, 0)
            os.close(self._file)
