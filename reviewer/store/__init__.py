"""Keeps findings and decisions in SQLite: documents and findings of a lint go in, what is left to review comes out."""

from reviewer.store.rows import OWN, Entry, Pulse, Scope, StoredDocument, StoredFinding, Suppression
from reviewer.store.store import Store

__all__ = ["OWN", "Entry", "Pulse", "Scope", "Store", "StoredDocument", "StoredFinding", "Suppression"]
