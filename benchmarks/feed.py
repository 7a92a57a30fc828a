"""The change feed under many writers for ten minutes: `uv run --no-sync python -m benchmarks.feed [seconds]`.

50 writers hold, cross and take back transactions while 10 followers load, poll and prove copies. It ends with the first
copy that is not what the tables say, or that was told something twice, never, or in another order.
"""

import os
import sys

import pytest

if __name__ == "__main__":
    seconds = sys.argv[1] if len(sys.argv) > 1 else "600"
    os.environ |= {"FEED_SECONDS": seconds, "FEED_WRITERS": "50", "FEED_POLLERS": "10"}
    sys.exit(pytest.main(["-q", "-n", "0", "tests/api/test_feed_chaos.py"]))
