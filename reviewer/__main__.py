"""Runs the command line, as `python -m reviewer` and as the script `reviewer`, so that a signal ends it cleanly at any moment."""

import sys


def main() -> None:
    """Runs the command line and exits: with 130 where it is interrupted, with 143 where it is told to stop."""
    try:
        import signal  # in here, like all the rest, as an interrupt may come while it loads

        signal.signal(signal.SIGTERM, _stop)
        from reviewer.cli import main as command_line

        command_line()
    except KeyboardInterrupt:
        sys.exit(130)


def _stop(number: int, _frame: object) -> None:
    """Lets everything that is open be put away, such as a report that is half-written."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
