"""Finds likely mistranslations in English that was machine-translated from Chinese."""
