"""Two services on one server, each restarted in turn while a deal is walked through: each answer is the same."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.api.bad_days.trying import Tried
from tests.api.postgres import new_server
from tests.api.test_walk_killed import END, OPEN, SERVER, Server, expected, submitted
from tests.test_readme import ACTS, BLANKS, SEATS

TOP = Path(__file__).parent.parent.parent


def test_services_restarted_one_after_the_other_give_each_answer_once(
    tmp_path: Path, short: bool, tried: Tried
) -> None:
    """Each act is sent to both, under one key; after some, one of them is stopped politely and started again."""
    roles = [{"party": party, "persons": ["you"]} for party in SEATS]
    blanks = [{"name": name, "value": value} for name, value in BLANKS.items()]
    every, restarts = (7 if short else 2), 0
    with new_server() as database, ExitStack() as ends:
        services = [serving(database.url(), tmp_path, ends) for _ in range(2)]
        deals = {service.ask(OPEN, roles=roles, blanks=blanks)["openDeal"]["dealId"] for service in services}
        (deal,) = deals
        told = []
        for number in range(len(ACTS)):
            answers = [submitted(service, deal, number) for service in services[:: 1 if number % 2 else -1]]
            assert answers[0] == answers[1]
            told.append((*answers[0][:2], answers[0][2] if answers[0][0] == "Refused" else ""))
            if number % every == 0:
                which = restarts % 2
                services[which].process.send_signal(signal.SIGTERM)
                assert services[which].process.wait(timeout=60) == 0
                services[which] = serving(database.url(), tmp_path, ends)
                restarts += 1
        final = [service.ask(END, deal=deal)["deal"] for service in services]
        for service in services:
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(timeout=60) == 0

    tried(acts=len(told), answers=2 * len(told), restarts=restarts)
    assert told == [expected(number) for number in range(len(ACTS))]
    assert final[0] == final[1]
    assert final[0]["version"] == str(1 + len(ACTS))


def serving(url: str, folder: Path, ends: ExitStack) -> Server:
    """A service in a process of its own, with the key for tokens that all of them have in a folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLAUSULA_")}
    environment |= {"DATABASE_URL": url, "XDG_DATA_HOME": str(folder), "PYTHONPATH": str(TOP), "PYTHONUNBUFFERED": "1"}
    process = ends.enter_context(
        subprocess.Popen([sys.executable, "-c", SERVER], env=environment, stdout=subprocess.PIPE, text=True)
    )
    ends.callback(process.kill)
    return Server(process)
