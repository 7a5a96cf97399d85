"""The walk of the README over the network, through a server that is killed in the middle and started again."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from api.agreements import shipped
from tests.api.conftest import clausula
from tests.test_readme import ACTS, BLANKS, SEATS

OPEN: Final = """mutation($roles: [RoleInput!]!, $blanks: [FieldInput!]) {
  openDeal(agreement: "funds_escrow", roles: $roles, blanks: $blanks, idempotencyKey: "open") {
    __typename ... on Opened { dealId } } }"""
SUBMIT: Final = """mutation($deal: ID!, $as: String!, $text: String!, $key: String!) {
  submit(dealId: $deal, as: $as, act: {text: $text}, idempotencyKey: $key) {
    __typename ... on Accepted { version section } ... on Refused { version section } ... on Invalid { problems } } }"""
END: Final = """query($deal: ID!) { deal(id: $deal) {
  version terminatedBy funds { name balance { text } } paid { payee total { text } } } }"""

SERVER: Final = "import sys; from api.cli import main; sys.argv = ['clausula', 'serve', '--port', '0']; main()"


class Server:
    """A server of its own process, asked as its greeting says."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        told: list[str] = []
        assert process.stdout is not None
        while not told or not told[-1].startswith("curl "):
            line = process.stdout.readline()
            assert line, told
            told.append(line)
        self.url = told[0].split()[-1]
        self.token = told[told.index("Try:\n") - 2].strip()

    def ask(self, query: str, **variables: object) -> Any:
        """The data of an answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps({"query": query, "variables": variables}).encode()
        with urlopen(Request(self.url, body, headers), timeout=60) as response:
            answer = json.load(response)
        assert "errors" not in answer, answer
        return answer["data"]

    def kill(self) -> None:
        """End the process as a power cut would, with no time for a last word."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server over the database of a folder, with the one agreement in it."""
    environment = {**os.environ, "CLAUSULA_DATABASE": str(folder / "deals.db"), "PYTHONUNBUFFERED": "1"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    environment["CLAUSULA_AGREEMENTS"] = str(folder / "agreements")
    for name in ("CLAUSULA_TOKEN_KEY", "CLAUSULA_HOST", "CLAUSULA_PORT"):
        environment.pop(name, None)
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield Server(process)
        finally:
            process.kill()


def submitted(server: Server, deal: str, number: int) -> tuple[str, int, str]:
    """How one act of the walk was answered, its version and its section; its number is its key."""
    party, text, _ = ACTS[number]
    answer = server.ask(SUBMIT, **{"deal": deal, "as": party, "text": text, "key": f"act {number}"})["submit"]
    return answer["__typename"], int(answer["version"]), answer["section"].partition(",")[0]


def expected(number: int) -> tuple[str, int, str]:
    """What the README says of it; under which section an act is accepted it does not say."""
    refused = ACTS[number][2]
    return ("Refused" if refused else "Accepted", number + 2, refused or "")


def test_a_server_that_is_killed_in_the_middle_of_the_walk_goes_on_where_it_was(tmp_path: Path) -> None:
    middle = len(ACTS) // 2
    roles = [{"party": party, "persons": ["you"]} for party in SEATS]
    blanks = [{"name": name, "value": value} for name, value in BLANKS.items()]
    answers = []
    shutil.copytree(shipped() / "funds_escrow", tmp_path / "agreements" / "funds_escrow")

    with serving(tmp_path) as server:
        deal = server.ask(OPEN, roles=roles, blanks=blanks)["openDeal"]["dealId"]
        answers += [submitted(server, deal, number) for number in range(middle)]
        under_way = threading.Thread(target=_whatever_comes, args=(server, deal, middle))
        under_way.start()
        server.kill()
        under_way.join()

    with serving(tmp_path) as server:
        assert submitted(server, deal, 0) == answers[0]
        answers += [submitted(server, deal, number) for number in range(middle, len(ACTS))]
        end = server.ask(END, deal=deal)["deal"]

    told = [(kind, version, section if kind == "Refused" else "") for kind, version, section in answers]
    assert told == [expected(number) for number in range(len(ACTS))]
    assert int(end["version"]) == 1 + len(ACTS)
    assert end["terminatedBy"].partition(",")[0] == "5.1"
    assert [each["balance"]["text"] for each in end["funds"]] == ["USD 0.00"]
    assert {each["payee"]: each["total"]["text"] for each in end["paid"]} == {
        "Fund Manager": "USD 450,000.00",
        "Escrow Agent": "USD 25,000.00",
        "NTSCO": "USD 1,525,000.00",
        "ATG": "USD 10,000,000.00",
    }
    verified = _verified(tmp_path, deal)
    assert (verified["sound"], verified["entries"]) == (True, 1 + len(ACTS))


def _whatever_comes(server: Server, deal: str, number: int) -> None:
    """Ask a server that is about to die."""
    with contextlib.suppress(OSError, HTTPException):
        submitted(server, deal, number)


def _verified(folder: Path, deal: str) -> Any:
    """What `clausula verify` finds in the log, with no server about."""
    ended = clausula("verify", deal, "--json", "--database", str(folder / "deals.db"))
    assert ended.exit_code == 0, ended.stderr
    return json.loads(ended.stdout)
