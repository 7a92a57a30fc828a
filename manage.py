#!/usr/bin/env python
"""Entry point for every management command of the registry."""

import os
import signal
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batik_registry.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ["DEMO"] = "1"  # the only door to demo settings, demo accounts and the banner
    # SIGTERM ends like Ctrl-C, so that the embedded PostgreSQL is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
