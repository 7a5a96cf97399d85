"""What an operator can set, each with a default that a first start can live with.

Settings come from the command line or from the environment (`CLAUSULA_DATABASE`, `CLAUSULA_AGREEMENTS`,
`CLAUSULA_HOST`, `CLAUSULA_PORT`, `CLAUSULA_TOKEN_KEY`, `CLAUSULA_ORIGINS`, `CLAUSULA_CHECKPOINTS`,
`CLAUSULA_SEAL_KEY`, `CLAUSULA_WEBHOOK_KEY`, `CLAUSULA_WEBHOOK_ORIGINS`, `CLAUSULA_RATE`, `CLAUSULA_TRUSTED`,
`CLAUSULA_TRUSTED_ONLY`, `CLAUSULA_ISSUER`, `CLAUSULA_JWKS`, `CLAUSULA_AUDIENCE`, `CLAUSULA_CLOCK_SKEW`, `CLAUSULA_LOG`,
`CLAUSULA_DRAIN`, and what `api.contents.limits` tells of). A database is a file or the URL of one on a PostgreSQL
server; without `CLAUSULA_DATABASE`, what platforms call `DATABASE_URL` counts.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

from api.agreements import shipped
from api.contents.limits import Limits, WrongLimit, limits_from
from api.databases import Database, Server, database

DATABASE: Final = "clausula.db"
GUEST: Final = "you"
"""Who asks, where nobody says who it is."""
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


class WrongSetting(ValueError):
    """A setting that makes no sense."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How and where the service runs. So many as `most_requests` are worked on at once, and others come again later.

    `token_key` is the key for tokens in hexadecimal, or several with commas between them, of which the first signs.

    Empty: those kept in `key_folder`, made if need be.

    `checkpoints` is the file that signed checkpoints are added to; None: one beside the database. It is worth more on
    another disk, where whoever can change the database does not write. `seal_key` is the secret key that signs them, in
    hexadecimal; empty: the one kept beside the database, made if need be. Several machines on one database share it.

    `webhook_key` is the key that secrets of webhooks are kept with, in hexadecimal, and is kept and shared alike.
    Webhooks go over https to public addresses alone, and to `webhook_origins` (`http://10.0.0.7:9000`) as they are.

    `rate` is how much each person may ask a second, in the units of `extensions.cost`; 0: as much as there is. Trusted
    documents are in the file `trusted`, and with `only_trusted` no others are run. With an `issuer`, people come with
    tokens that it issued for an `audience`, under the keys at `jwks`, a file or an address; its clock may differ by
    `clock_skew` seconds. The `log` is `text`, or `json` with a line for each request too. A service that is told to
    stop has `drain` seconds to answer what it was asked before.
    """

    database: Database
    agreements: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token_key: str = field(default="", repr=False)
    origins: tuple[str, ...] = ()
    largest_body: int = 256 * 1024
    most_requests: int = 1000
    checkpoints: Path | None = None
    seal_key: str = field(default="", repr=False)
    webhook_key: str = field(default="", repr=False)
    webhook_origins: tuple[str, ...] = ()
    rate: int = 20_000
    trusted: Path | None = None
    only_trusted: bool = False
    issuer: str = ""
    jwks: str = ""
    audience: str = "clausula"
    clock_skew: int = 30
    log: str = "text"
    drain: int = 30
    documents: Limits = field(default_factory=Limits)

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        return self.host in LOOPBACK

    @property
    def key_folder(self) -> Path:
        """Where the key for tokens is kept: beside a file, and for a server among this user's data."""
        return data_folder() if isinstance(self.database, Server) else self.database.resolve().parent

    @property
    def checkpoint_file(self) -> Path:
        """Where signed checkpoints are kept, outside the database."""
        return self.checkpoints or self._beside("checkpoints")

    @property
    def seal_key_file(self) -> Path:
        """The secret key that checkpoints are signed with."""
        return self._beside("seal.key")

    @property
    def webhook_key_file(self) -> Path:
        """The secret key that secrets of webhooks are kept with."""
        return self._beside("webhook.key")

    @property
    def document_place(self) -> str:
        """Where content is held: a folder, or the address of a bucket."""
        return self.documents.place or str(self._beside("documents").resolve())

    @property
    def incoming(self) -> Path:
        """A folder of this machine for content that is on its way to a bucket."""
        return self._beside("incoming").resolve()

    def _beside(self, kind: str) -> Path:
        """A file for this database alone: beside a file, and for a server among this user's data."""
        if isinstance(self.database, Server):
            name = hashlib.sha256(self.database.shown.encode()).hexdigest()[:16]
            return self.key_folder / f"server-{name}.{kind}"
        return self.database.with_name(f"{self.database.name}.{kind}")

    @property
    def url(self) -> str:
        """Where the service answers."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/graphql"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment gives."""
    where = environment.get("CLAUSULA_DATABASE") or environment.get("DATABASE_URL") or data_folder() / DATABASE
    agreements = environment.get("CLAUSULA_AGREEMENTS") or str(shipped())
    port = environment.get("CLAUSULA_PORT") or "8000"
    if not port.isdecimal() or not 0 <= int(port) < 2**16:
        raise WrongSetting(f"CLAUSULA_PORT is a number below 65536, not `{port}`.")
    checkpoints, trusted = environment.get("CLAUSULA_CHECKPOINTS"), environment.get("CLAUSULA_TRUSTED")
    only = environment.get("CLAUSULA_TRUSTED_ONLY") or "0"
    if only not in ("0", "1") or (only == "1" and not trusted):
        raise WrongSetting("CLAUSULA_TRUSTED_ONLY is 1 or 0, and 1 where CLAUSULA_TRUSTED names a file alone.")
    log = environment.get("CLAUSULA_LOG") or "text"
    if log not in ("text", "json"):
        raise WrongSetting(f"CLAUSULA_LOG is text or json, not `{log}`.")
    try:
        documents = limits_from(environment)
    except WrongLimit as error:
        raise WrongSetting(str(error)) from error
    return Settings(
        database=database(where),
        agreements=Path(agreements),
        host=environment.get("CLAUSULA_HOST") or "127.0.0.1",
        port=int(port),
        token_key=environment.get("CLAUSULA_TOKEN_KEY", ""),
        origins=_listed(environment, "CLAUSULA_ORIGINS"),
        checkpoints=Path(checkpoints) if checkpoints else None,
        seal_key=environment.get("CLAUSULA_SEAL_KEY", ""),
        webhook_key=environment.get("CLAUSULA_WEBHOOK_KEY", ""),
        webhook_origins=_listed(environment, "CLAUSULA_WEBHOOK_ORIGINS"),
        rate=_number(environment, "CLAUSULA_RATE", 20_000, 10**9),
        trusted=Path(trusted) if trusted else None,
        only_trusted=only == "1",
        issuer=environment.get("CLAUSULA_ISSUER", ""),
        jwks=environment.get("CLAUSULA_JWKS", ""),
        audience=environment.get("CLAUSULA_AUDIENCE") or "clausula",
        clock_skew=_number(environment, "CLAUSULA_CLOCK_SKEW", 30, 300),
        log=log,
        drain=_number(environment, "CLAUSULA_DRAIN", 30, 3600),
        documents=documents,
    )


def _listed(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What stands in a variable with commas between."""
    return tuple(each.strip() for each in environment.get(name, "").split(",") if each.strip())


def _number(environment: Mapping[str, str], name: str, usual: int, most: int) -> int:
    written = environment.get(name) or str(usual)
    if not (written.isascii() and written.isdecimal() and len(written) <= 10 and int(written) <= most):
        raise WrongSetting(f"{name} is a number from 0 to {most}, not `{written}`.")
    return int(written)


def data_folder() -> Path:
    """Where this user's data lie when nothing else is said."""
    return Path(platformdirs.user_data_dir("clausula", appauthor=False))
