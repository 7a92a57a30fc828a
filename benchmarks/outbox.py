"""The queue of a browser without a connection, 2,000 times over: `uv run --no-sync python -m benchmarks.outbox`.

Each run queues a change, a new record and one that no rule allows, and cuts the network at random: before the request,
between the draft and its sending, in the middle of a piece of a file, after the commit, in the middle of the answer. It
ends with the first item or file that is lost, doubled or blocked.
"""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["OUTBOX_RUNS"] = sys.argv[1] if len(sys.argv) > 1 else "2000"
    sys.exit(pytest.main(["-q", "-n", "0", "tests/portal/test_outbox_protocol.py"]))
