"""Turns original and decisions into corrected text."""

from reviewer.export.changes import NO_NOTES, Change, Decided, Note, changes_for
from reviewer.export.correcting import correct, corrected
from reviewer.export.diffing import diff
from reviewer.export.emphasis import without_empty_markup
from reviewer.export.previewing import preview
from reviewer.export.writing import backup, blobs, encoded, rehearse, save, save_in_place, write, write_text

__all__ = [
    "NO_NOTES",
    "Change",
    "Decided",
    "Note",
    "backup",
    "blobs",
    "changes_for",
    "correct",
    "corrected",
    "diff",
    "encoded",
    "preview",
    "rehearse",
    "save",
    "save_in_place",
    "without_empty_markup",
    "write",
    "write_text",
]
