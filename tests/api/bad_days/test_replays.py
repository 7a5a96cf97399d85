"""The same log leads to the same state, to the byte, whatever machine, language, zone and order of hashing read it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import cycle, product
from pathlib import Path
from typing import TypeAlias

from api.clock import ManualClock
from api.kernel import Kernel
from api.service import Service
from api.store import Store
from tests.api.bad_days.replaying import logs
from tests.api.bad_days.trying import Tried
from tests.api.escrow import LIBRARY, TEN, World
from tests.api.store_ledger import Where

TOP = Path(__file__).parent.parent.parent.parent
SEEDS = ("0", "1", "random")
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia")
TONGUES = ("C", "tr_TR.UTF-8", "de_DE.UTF-8")


def played(where: Where) -> None:
    """The closing of the funds escrow, with a refusal on the way and a fact that comes late."""
    kernel, clock = Kernel(), ManualClock(TEN)
    with Store.open(where, kernel, clock) as store:
        world = World(Service(store, kernel, LIBRARY, clock), clock)
        world.open()
        world.act("erin", 'release the Escrow Fund according to "JI-1"')
        world.close()
        world.act("nina", "sign the Documents", at=TEN)


def machine(program: str, argument: Where, seed: str, zone: str, tongue: str) -> "subprocess.Popen[str]":
    """Another process with surroundings of its own."""
    surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": tongue, "LC_ALL": tongue, "PYTHONPATH": str(TOP)}
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.api.bad_days.{program}", str(argument)],
        env={"PATH": os.environ["PATH"], **surroundings},
        cwd=TOP,
        stdout=subprocess.PIPE,
        text=True,
    )


Surroundings: TypeAlias = tuple[str, str, str]
ALIKE_IN_NOTHING: tuple[Surroundings, ...] = (("0", "Pacific/Apia", "C"), ("random", "Asia/Kathmandu", "tr_TR.UTF-8"))


def digests(program: str, arguments: Sequence[Where], all_of: Sequence[Surroundings]) -> list[str]:
    """What each process finds, two at a time, with one argument after the other."""
    found = []
    chosen = list(zip(cycle(arguments), all_of, strict=False))
    for nth in range(0, len(chosen), 2):
        for process in [machine(program, argument, *each) for argument, each in chosen[nth : nth + 2]]:
            told, _ = process.communicate(timeout=300)
            assert process.returncode == 0
            found.append(told)
    return found


def test_a_log_leads_to_the_same_state_everywhere(tmp_path: Path, server: str, depth: int, tried: Tried) -> None:
    """Written on each engine by the same acts at the same instants; read here and by processes unlike this one."""
    wheres: list[Where] = [tmp_path / "db", server]
    for where in wheres:
        played(where)

    everywhere = [(*each, tongue) for each, tongue in zip(product(SEEDS, ZONES), cycle(TONGUES), strict=False)]
    others = digests("replaying", wheres[::-1], ALIKE_IN_NOTHING[-1:] if depth == 1 else everywhere)
    told = [logs(str(wheres[0])), *others]

    assert len(told) > 1
    assert len(set(told)) == 1
    tried(processes=len(told), different=0)
