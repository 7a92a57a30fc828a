"""Production settings come from the environment alone and refuse to start with a sentence that names the variable."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "SECRET_KEY": "rahasia-uji",
    "PERSONAL_DATA_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "PERSONAL_DATA_HASH_KEY": "rahasia-uji",
    "ALLOWED_HOSTS": "registri.example",
    "DATABASE_URL": "postgres://registri@localhost/registri",
}


def start(environment):
    """Read the settings in a process of its own, with nothing of this one's environment but the path."""
    return subprocess.run(
        [sys.executable, "-c", "import batik_registry.settings"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("missing", COMPLETE)
def test_production_refuses_to_start_without(missing):
    process = start({name: value for name, value in COMPLETE.items() if name != missing})

    assert process.returncode == 1
    told = process.stderr.strip().splitlines()[-1]
    assert f"{missing} belum diatur. Isi variabel lingkungan {missing} dengan" in told


def test_production_starts_when_everything_is_said():
    process = start(COMPLETE)

    assert (process.returncode, process.stderr) == (0, "")
