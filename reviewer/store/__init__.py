"""Keeps findings and decisions in SQLite: documents and findings of a lint go in, what is left to review comes out."""

from reviewer.store.rows import OWN, Entry, Logged, Mark, Pulse, Said, Scope, StoredDocument, StoredFinding, Suppression
from reviewer.store.store import Store

__all__ = ["OWN", "Entry", "Logged", "Mark", "Pulse", "Said", "Scope", "Store", "StoredDocument", "StoredFinding", "Suppression"]
