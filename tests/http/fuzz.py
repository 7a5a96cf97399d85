"""Sends operations that schemathesis makes from the schema to a service that runs: `python -m tests.http.fuzz ST`.

ST is the command `st` of an environment with requirements-fuzz.lock in it. `signOut` is left out, for nothing would be
answered after it. How many and for how long is bounded; a failure names the seed that plays it again.
"""

import os
import subprocess
import sys
import tempfile

from tests.http.live import TOP, serving

EXAMPLES, SECONDS = 25, 600


def main(command: str, seed: str = "") -> int:
    """0 where nothing was found."""
    options = [
        "--checks", "answers_are_ours", "--phases", "fuzzing", "--exclude-name", "Mutation.signOut", "--no-color",
        "--max-examples", str(EXAMPLES), "--continue-on-failure", "--warnings", "off",
        "--generation-database", "none", *(["--seed", seed] if seed else []),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, serving({"CLAUSULA_RATE": "0"}) as live:
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.http.fuzz_hooks", "PYTHONPATH": str(TOP)}
        header = f"Authorization: Bearer {live.token}"
        run = [command, "run", live.url, "--header", header, *options]
        return subprocess.run(run, cwd=folder, env=environment, check=False, timeout=SECONDS).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
