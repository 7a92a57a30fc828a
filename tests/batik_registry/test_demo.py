"""`manage.py demo`: its refusals, its children's leash, and one whole run in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from batik_registry import postgres
from batik_registry.management import demo

PROJECT = Path(__file__).parents[2]

# The demo as it is, but for the data: loading the real records has its own tests.
DEMO = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, also when the tests run in the background
sys.argv = ["manage.py", "demo", "--port", "{port}"]
from batik_registry.management import demo
demo.STEPS = {{"migrate": "Menyiapkan basis data"}}
import manage
manage.main()
"""

LEASH = """
import time
from pathlib import Path
from django.conf import settings
settings.configure(BASE_DIR=Path("/"), USE_I18N=False)
import django
django.setup()
from batik_registry.management import demo
with demo.Children() as children:
    children.start(["sleep", "60"], log=Path("/dev/null"))
    children.fork(lambda: time.sleep(60))
    print(*(process.pid for process in [children._guard, *children._processes]), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    """The folder of one demo, prepared by the first test that runs it."""
    folder = Path(tempfile.mkdtemp(prefix="registri-demo-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def start_demo(var_dir: Path, port: int) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DJANGO_SETTINGS_MODULE")}
    return subprocess.Popen(
        [sys.executable, "-c", DEMO.format(port=port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=PROJECT,
        env=environment | {"VAR_DIR": str(var_dir), "DEMO": "1"},
    )


def wait_for_sign_in_page(process: subprocess.Popen[str], port: int) -> None:
    while not demo.answers("127.0.0.1", port, reverse("account_login")):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)


def test_port_in_use_is_told_in_one_sentence_with_a_remedy(settings):
    settings.DEMO = True

    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = occupant.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} sedang dipakai program lain.* --port {port + 1}"):
            call_command("demo", port=port)


def test_unusable_address_is_told_in_one_sentence(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="tidak dapat dipakai: pilih --host atau --port yang lain"):
        call_command("demo", host="192.0.2.1")


def test_demo_refuses_a_database_that_is_not_its_own(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="Demo memakai basis datanya sendiri"):
        call_command("demo")


def test_children_end_when_the_demo_is_killed_outright():
    with subprocess.Popen(
        [sys.executable, "-c", LEASH], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as parent:
        guard, *children = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        parent.kill()

    deadline = time.monotonic() + 5
    while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children):
        assert time.monotonic() < deadline, "children outlived the demo"
        time.sleep(0.02)
    guard.kill()  # it would go by itself ten seconds later


def test_fingerprint_changes_with_the_data(settings, tmp_path):
    before = demo.fingerprint()
    assert demo.fingerprint() == before

    shutil.copy(PROJECT / "uv.lock", tmp_path)
    settings.BASE_DIR = tmp_path

    assert demo.fingerprint() != before


def test_demo_serves_stops_cleanly_and_comes_back_with_its_data(var_dir, free_port):
    cluster = postgres.Cluster(var_dir / "postgres")

    with start_demo(var_dir, free_port) as first:
        wait_for_sign_in_page(first, free_port)
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=30)
    assert first.returncode == 0
    assert not cluster._is_running()

    with start_demo(var_dir, free_port) as second:
        wait_for_sign_in_page(second, free_port)
        second.send_signal(signal.SIGINT)
        words = second.communicate(timeout=30)[0]
    assert second.returncode == 0
    assert "Menyiapkan basis data" not in words
    assert not cluster._is_running()


def test_demo_says_so_when_its_web_server_dies(var_dir, free_port):
    with start_demo(var_dir, free_port) as process:
        wait_for_sign_in_page(process, free_port)

        for child in psutil.Process(process.pid).children():
            if child.cmdline()[0] == sys.executable:
                child.kill()

        words = process.communicate(timeout=30)[0]
    assert process.returncode == 1
    assert "Server web atau pekerja latar demo berhenti sendiri" in words
