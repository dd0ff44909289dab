"""Runs the command line, as `python -m reviewer` and as the script `reviewer`, so that a signal ends it cleanly at any moment."""

import os
import sys

ONE_THREAD = "OPENBLAS_NUM_THREADS"
"""For numpy: the products of a lint are so small that a second thread only waits, and files have processes of their own."""


def main() -> None:
    """Runs the command line and exits: with 130 where it is interrupted, with 143 where it is told to stop."""
    try:
        os.environ.setdefault(ONE_THREAD, "1")
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
