"""The Store: findings and decisions in one SQLite file; what a lint saw goes in, what is left to review comes out."""

from __future__ import annotations

from reviewer.store.decider import Decider
from reviewer.store.ledger import Ledger
from reviewer.store.recorder import Recorder


class Store(Recorder, Decider):
    """An open database. Every method that changes it has committed when it returns; every error is a ReviewerError.

    Use it in the thread that opened it; open a second one for another thread. Reviewers on one file see each other's
    decisions at the next call and wait for each other up to `wait` seconds.
    """

    def ledger(self) -> Ledger:
        """The names of all documents, and what was said of them."""
        return Ledger(self._db, self.path)
