"""Runs the command line as `python -m reviewer`."""

from reviewer.cli import main

main()
