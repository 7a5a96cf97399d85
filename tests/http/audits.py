"""Runs the audits of the npm package graphql-http against a service that runs: `python -m tests.http.audits`.

They need Node and npm. Where there is none the step is left out and says so; on a machine that checks changes (`CI` is
set) that is a failure, for nobody would look.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.http.live import serving

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "audits.mjs")


def main() -> int:
    """0 where all audits pass, or there is no Node and nobody relies on it."""
    missing = [each for each in ("node", "npm") if shutil.which(each) is None]
    if missing:
        told = f"The audits of graphql-http were not run: there is no {' and no '.join(missing)} here."
        sys.stdout.write(f"{told} Install Node 18 or later.\n")
        return 1 if os.environ.get("CI") else 0
    with tempfile.TemporaryDirectory() as folder, serving() as live:
        for each in FILES:
            shutil.copy(HERE / each, folder)
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        return subprocess.run(["node", "audits.mjs", live.url, live.token], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
