"""The parts of the service put together without a server, from settings and a clock.

`service_in` is the service over its store, as its only writer; `reader_in` is for who only looks, and must not wait for
a server to stop; `access_in` for revoked tokens and the record of readings; `documents_in` for documents. A command
needs no more than these, and does not load what answers over the network.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from api.access import Access
from api.agreements import read_catalogue
from api.auth import KeptTokens, Tokens, WeakKey, secret_in
from api.clock import Clock
from api.contents import Contents
from api.contents.places import contents_of
from api.editions import Catalogue, catalogue_of
from api.evidence.note import KEY_BYTES
from api.evidence.sealer import INTERVAL, Sealer, Sealing
from api.kernel import Kernel
from api.service import Service
from api.settings import Settings, WrongSetting
from api.store import Store
from api.webhooks.hooks import Posting
from api.webhooks.signing import Vault
from api.webhooks.targets import Forbidden, Targets


def tokens_from(settings: Settings) -> Tokens:
    """The tokens of a service, as its keys are now."""
    return tokens_of(settings)()


def tokens_of(settings: Settings) -> Callable[[], Tokens]:
    """Gives the tokens of a service: signed with the key that is set, or with the one kept beside the database.

    Of several keys the first one signs, and tokens of the others are still good.
    """
    if not settings.token_key:
        return KeptTokens(settings.key_folder)
    try:
        first, *rest = (bytes.fromhex(each) for each in settings.token_key.split(","))
        tokens = Tokens(first, tuple(rest))
    except WeakKey as error:
        raise WrongSetting(f"The token key is too short: {error}.") from error
    except ValueError as error:
        told = "CLAUSULA_TOKEN_KEY is a key in hexadecimal, 64 digits or more, or several with commas between them."
        raise WrongSetting(told) from error
    return lambda: tokens


@contextmanager
def service_in(settings: Settings, clock: Clock, catalogue: Catalogue | None = None) -> Iterator[Service]:
    """The service over its store, for as long as the block lasts."""
    if isinstance(settings.database, Path):
        settings.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kernel = Kernel()
    with Store.open(settings.database, kernel, clock) as store, sealing(store, settings, clock) as sealed:
        found = catalogue or read_catalogue(settings.agreements)
        service = Service(store, kernel, found, clock, sealed.sealer, posting_of(settings), contents_of(settings))
        with service.access.running():
            yield service


def posting_of(settings: Settings) -> Posting:
    """What is needed to send webhooks: the key that their secrets are kept with, and where they may go."""
    try:
        seed = bytes.fromhex(settings.webhook_key)
    except ValueError as error:
        raise WrongSetting("CLAUSULA_WEBHOOK_KEY is a key in hexadecimal: 64 digits.") from error
    if seed and len(seed) != KEY_BYTES:
        raise WrongSetting(f"CLAUSULA_WEBHOOK_KEY has {len(seed)} bytes and needs {KEY_BYTES}: 64 digits.")
    try:
        targets = Targets(settings.webhook_origins)
    except Forbidden as error:
        raise WrongSetting(
            "CLAUSULA_WEBHOOK_ORIGINS lists origins such as http://10.0.0.7:9000, with commas."
        ) from error
    return Posting(Vault(seed or secret_in(settings.webhook_key_file.resolve())), targets)


def sealing(store: Store, settings: Settings, clock: Clock) -> Sealing:
    """What seals the entries of a store in the background, and signs checkpoints of them."""
    try:
        seed = bytes.fromhex(settings.seal_key)
    except ValueError as error:
        raise WrongSetting("CLAUSULA_SEAL_KEY is a key in hexadecimal: 64 digits.") from error
    if seed and len(seed) != KEY_BYTES:
        raise WrongSetting(f"CLAUSULA_SEAL_KEY has {len(seed)} bytes and needs {KEY_BYTES}: 64 digits.")
    sealer = Sealer(
        store, seed or secret_in(settings.seal_key_file.resolve()), settings.checkpoint_file.resolve(), clock
    )
    return Sealing(store, sealer, INTERVAL)


@contextmanager
def reader_in(settings: Settings, clock: Clock) -> Iterator[Service]:
    """The service over a store that is only read, beside whoever writes to it; no deal can be opened by it."""
    kernel = Kernel()
    with Store.read_only(settings.database, kernel) as store:
        yield Service(store, kernel, catalogue_of({}), clock)


@contextmanager
def documents_in(settings: Settings, clock: Clock) -> Iterator[tuple[Service, Contents]]:
    """The service for what is held beside the log, beside whoever writes the log; no deal can be opened by it."""
    kernel, contents = Kernel(), contents_of(settings)
    with Store.beside(settings.database, kernel) as store:
        yield Service(store, kernel, catalogue_of({}), clock), contents


@contextmanager
def access_in(settings: Settings, clock: Clock) -> Iterator[Access]:
    """Revoked tokens and the record of readings, beside whoever writes the log."""
    with beside_in(settings) as store:
        yield Access(store, clock)


@contextmanager
def beside_in(settings: Settings) -> Iterator[Store]:
    """The store for what stands beside the log, beside whoever writes that."""
    with Store.beside(settings.database, Kernel()) as store:
        yield store
