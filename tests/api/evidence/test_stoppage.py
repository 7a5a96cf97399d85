"""Entries that are stored and not sealed: the operator sees since when, why, and what to do."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.evidence import sealer as sealers
from api.evidence.sealer import Diverged, Sealer
from api.parts import tokens_from
from tests.api.conftest import clausula
from tests.api.escrow import CLOSING, Site

HEALTH = """{ health { ready entries entriesSealed sealingStopped { since problem advice halted } } }"""


def health(web: Site) -> Any:
    """The health of the service, as its operator asks for it."""
    token = tokens_from(web.settings).issue("keeper", web.clock.now(), timedelta(days=1), operator=True)
    headers = {"Authorization": f"Bearer {token}"}
    return web.client.post("/graphql", json={"query": HEALTH}, headers=headers).json()["data"]["health"]


def sealer_of(web: Site) -> Sealer:
    found: Sealer = web.app.state.service.sealer
    return found


def test_a_halted_sealer_is_seen_with_what_to_do_and_acts_go_on(web: Site, tmp_path: Path) -> None:
    """Somebody takes the guards away and changes the tree: at 14:00 and one minute UTC it is seen."""
    deal = web.open()
    sealer_of(web).seal()
    before = health(web)
    with web.app.state.service.store.writing.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER leaf_is_never_changed")
        connection.exec_driver_sql("UPDATE leaf SET hash = 'x'")
    web.act(deal, *CLOSING[0])
    with pytest.raises(Diverged):
        sealer_of(web).seal()

    found = health(web)
    web.clock.advance(timedelta(hours=1))
    assert web.act(deal, *CLOSING[1])["__typename"] == "Accepted"
    later = health(web)

    assert before == {"ready": True, "entries": "1", "entriesSealed": "1", "sealingStopped": None}
    assert (found["ready"], found["entries"], found["entriesSealed"]) == (True, "2", "1")
    stopped = found["sealingStopped"]
    assert stopped["since"] == "2005-09-01T14:01:00Z"
    assert stopped["halted"]
    assert "the first 1 entries are not those that were signed" in stopped["problem"]
    assert "`clausula verify --all` says what is different" in stopped["advice"]
    assert f"move {tmp_path / 'deals.db.checkpoints'} to a safe place" in stopped["advice"]
    assert later == {"ready": True, "entries": "3", "entriesSealed": "1", "sealingStopped": stopped}

    told = clausula("health", "--database", str(tmp_path / "deals.db"))
    assert told.exit_code == 1
    assert "Nothing was signed since 2005-09-01 14:00:00 UTC." in " ".join(told.stderr.split())
    assert "`clausula verify --all` says what is different" in " ".join(told.stderr.split())


def test_a_failure_that_passes_is_seen_until_it_has_passed(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    deal = web.open()
    web.app.state.service.sealer.seal()
    web.act(deal, *CLOSING[0])
    with monkeypatch.context() as disk:
        disk.setattr(sealers, "write_outside", full)
        with pytest.raises(OSError, match="No space left"):
            sealer_of(web).seal()
        web.clock.advance(timedelta(hours=1))
        with pytest.raises(OSError, match="No space left"):
            sealer_of(web).seal()
        stopped = health(web)["sealingStopped"]

    assert (stopped["since"], stopped["halted"]) == ("2005-09-01T14:01:00Z", False)
    assert "No space left on device" in stopped["problem"]
    assert "tried again about once a second" in stopped["advice"]
    sealer_of(web).seal()
    assert health(web)["sealingStopped"] is None
