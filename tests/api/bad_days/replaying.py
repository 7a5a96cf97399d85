"""A process of its own that folds every log of a database, and plays the shipped scenarios, to one digest each.

python -m tests.api.bad_days.replaying DATABASE [AGREEMENT ...]
"""

import hashlib
import sys

from api.kernel import Kernel
from api.store import Store
from api.store.verify import every_deal


def logs(where: str) -> str:
    """The digest of what the logs lead to, of what is kept of it, and of the seals."""
    found = hashlib.sha256()
    kernel = Kernel()
    with Store.read_only(where, kernel) as store:
        with store._reading.begin() as connection:
            deals = every_deal(connection)
        assert store.verify_file().sound
        for id in deals:
            deal = store.read.deal(id)
            assert deal is not None
            history = store.read.history(id)
            for text in (id, kernel.replay(deal, history), *(entry.hash for entry in history)):
                found.update(f"{len(text)}:{text}".encode())
    return found.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(logs(sys.argv[1]))
