"""Dialogs over the review screen: each asks one thing, gives the answer or None, and writes nothing itself."""
