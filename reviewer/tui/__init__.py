"""The review screens: findings come out of the store, a person's decisions go in."""

from reviewer.tui.app import ReviewApp

__all__ = ["ReviewApp"]
