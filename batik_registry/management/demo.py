"""What `manage.py demo` is made of: the steps that fill the database, and the child processes that serve it."""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import psutil
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils.translation import gettext_lazy as _
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from changes.grants import ROLE

# Each is safe to repeat, so that a first run which was cut short is simply taken up again.
STEPS = {
    "migrate": _("Menyiapkan basis data"),
    "load_regions": _("Memuat wilayah"),
    "load_records": _("Memuat data nyata"),
    "load_sample": _("Memuat data contoh"),
    "make_demo_accounts": _("Membuat akun contoh"),
    "validate_sample": _("Menandai data contoh tervalidasi"),
    "load_sample_submissions": _("Menyusun usulan contoh"),
}
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared, not bound


def prepare(*, report: Callable[[str], object]) -> None:
    """Bring the database up to what this version of the program brings; a comment on the database remembers it."""
    state = fingerprint()
    if remembered_state() == state:
        return
    for number, (command, deed) in enumerate(STEPS.items(), start=1):
        report(f"[{number}/{len(STEPS)}] {deed} …")
        call_command(command, verbosity=0)  # the step's own progress bar shows all the same
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [state])


def remembered_state() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        state: str | None = cursor.fetchone()[0]
    return state


def fingerprint() -> str:
    """Changes with every migration, every data file and every dependency."""
    digest = hashlib.sha256("\n".join(STEPS).encode())
    own_apps = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    files = [path for app in own_apps for pattern in ("migrations/*.py", "data/**/*") for path in app.glob(pattern)]
    for path in sorted([*files, settings.BASE_DIR / "uv.lock"]):
        if path.is_file():
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return f"demo {digest.hexdigest()}"


def serve(*, host: str, port: int) -> None:
    """Be the web server. Called in a fork, its workers have everything imported already and answer at once."""
    warnings.simplefilter("ignore")
    sign_in_as_application()
    import_module("batik_registry.wsgi")
    Server(
        "batik_registry.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=min(2, os.cpu_count() or 1),
        blocking_threads=8,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
    ).serve()


def sign_in_as_application() -> None:
    """Use the database as the role that cannot rewrite history, through a pool, as production does."""
    os.environ |= {"EMBEDDED_DATABASE_USER": ROLE, "DATABASE_POOL": "1"}  # for workers that start afresh (macOS)
    database = connections.settings["default"]
    database["USER"] = ROLE
    database["OPTIONS"]["pool"] = settings.DATABASE_POOL


def background_worker() -> list[str]:
    """Three jobs at once, so that a large file in the making holds up neither mail nor webhooks."""
    manage = str(settings.BASE_DIR / "manage.py")
    return [sys.executable, manage, "procrastinate", "worker", "--concurrency", "3", "--shutdown-graceful-timeout", "3"]


def try_address(host: str, port: int) -> None:
    """Raise `OSError` unless a server could listen there."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def answers(host: str, port: int, path: str) -> bool:
    """Whether the page is served."""
    web = http.client.HTTPConnection(EVERY_ADDRESS.get(host, host), port, timeout=10)
    try:
        web.request("GET", path)
        return web.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


class Children:
    """Child processes that end when this process ends, even when it is killed.

    They form one process group, led by a small guard that reads from a pipe which only this process can write to.
    When this process is gone the read ends, and the guard ends the group.
    """

    GUARD = 'trap "" TERM INT HUP; read _; kill -TERM 0; sleep 10; kill -KILL 0'
    PATIENCE = 15  # seconds

    def __enter__(self) -> Self:
        command = ["/bin/sh", "-c", self.GUARD]
        self._guard = psutil.Popen(command, stdin=subprocess.PIPE, process_group=0)
        self._processes: list[psutil.Process] = []
        return self

    def fork(self, function: Callable[..., None], **arguments: Any) -> None:
        """Run a function in a copy of this process; Ctrl-C does not reach it, so that we end things in order."""
        pid = os.fork()
        if pid:
            self._processes.append(psutil.Process(pid))
            return
        try:
            self._guard.stdin.close()  # the fork copied our end of the guard's pipe; only ours may hold it open
            os.setpgid(0, self._guard.pid)
            function(**arguments)
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(1)  # neither the parent's clean-up nor a way back into its code; a server is not meant to end

    def start(self, command: list[str], *, log: Path, **environment: str) -> None:
        with log.open("wb") as output:
            process = psutil.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=settings.BASE_DIR,
                env=os.environ | environment,
                process_group=self._guard.pid,
            )
        self._processes.append(process)

    def all_run(self) -> bool:
        ended, _running = psutil.wait_procs(self._processes, timeout=0)
        return not ended

    def __exit__(self, *_error: object) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them running
        for process in self._processes:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        psutil.wait_procs(self._processes, timeout=self.PATIENCE)
        os.killpg(self._guard.pid, signal.SIGKILL)
        psutil.wait_procs([*self._processes, self._guard])
