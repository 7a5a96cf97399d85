"""A service is killed while a deal is read: of the readings that it has answered, only the last ones may be missing."""

import subprocess
import sys
import time
from pathlib import Path

from api.access import TICK
from tests.api.bad_days.trying import Tried
from tests.api.escrow import site

ROUNDS = 5
LATE = 1.0
"""So many seconds may a batch take to be written beside other work on the machine."""
READER = """
import sys
from pathlib import Path
from tests.api.escrow import site
with site(Path(sys.argv[1])) as web:
    deal = web.open()
    print(deal, flush=True)
    while True:
        web.data("query ($d: ID!) { deal(id: $d) { id } }", "paul", d=deal)
        print("read", flush=True)
"""


def test_a_service_that_is_killed_has_lost_no_reading_but_the_last(tmp_path: Path, tried: Tried) -> None:
    answered = kept = 0
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with subprocess.Popen([sys.executable, "-c", READER, str(folder)], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            deal = child.stdout.readline().strip()
            told = []
            begun = time.monotonic()
            while time.monotonic() < begun + 2.5 * TICK + 0.3 * number:
                assert child.stdout.readline() == "read\n"
                told.append(time.monotonic())
            child.kill()
        safe = sum(at < told[-1] - TICK - LATE for at in told)
        with site(folder) as web:
            lines = web.app.state.service.access.journal.lines(deal, None, 1_000_000).lines

        assert len(lines) >= safe
        answered, kept = answered + len(told), kept + len(lines)

    tried(kills=ROUNDS, readings_answered=answered, on_record=kept)
    assert kept > 0
