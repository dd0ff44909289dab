"""Findings as people and programs read them: one module a form, pure functions."""
