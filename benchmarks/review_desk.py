"""Fifty clean proposals cleared by keyboard alone: `uv run --no-sync python -m benchmarks.review_desk [--pause 2]`.

One by one and all at once, in the journeys' own browser, with a pause for each page that a person would read.
"""

import os
import sys
from argparse import ArgumentParser

import pytest

if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", default="50", help="how many proposals")
    parser.add_argument("--pause", default="2", help="seconds for reading one page")
    given = parser.parse_args()
    os.environ |= {"CLEARING_COUNT": given.count, "CLEARING_PAUSE": given.pause}
    sys.exit(pytest.main(["-q", "-s", "-n", "0", "tests/journeys/test_review_desk.py", "-k", "cleared"]))
