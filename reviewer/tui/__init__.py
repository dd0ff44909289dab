"""The review screens: findings come out of the store, a person's decisions go in."""

from reviewer.tui.app import ReviewApp
from reviewer.tui.habits import Settings
from reviewer.tui.view import View

__all__ = ["ReviewApp", "Settings", "View"]
