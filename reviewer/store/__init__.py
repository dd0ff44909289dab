"""Keeps findings and decisions in SQLite: documents and findings of a lint go in, what is left to review comes out."""

from reviewer.store.rows import Scope, StoredDocument, StoredFinding, Suppression
from reviewer.store.store import Store

__all__ = ["Scope", "Store", "StoredDocument", "StoredFinding", "Suppression"]
