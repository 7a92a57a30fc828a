"""The embedded PostgreSQL, tried on real servers in folders of their own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import psutil
import psycopg
import pytest

from batik_registry import postgres
from batik_registry.postgres_errors import NoRoomError, NotOursError, OtherVersionError, ServerStartError

TWELVE_USERS = """
import multiprocessing, os, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from batik_registry import postgres
everybody = multiprocessing.Barrier(12)
for _ in range(12):
    if not os.fork():
        cluster = postgres.ensure_running({root!r}, "registri")
        os.write(1, (cluster._pid() + "\\n").encode())
        everybody.wait(timeout=60)  # whoever leaves before the others come is the last user, and stops the server
        sys.exit()
for _ in range(12):
    assert os.wait()[1] == 0
"""

PROJECT = Path(__file__).parents[2]

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to lend the server another user")

USER = """
from django.conf import settings
settings.configure(USE_I18N=False)
from batik_registry import postgres
cluster = postgres.ensure_running({root!r}, "registri")
print(cluster._pid(), flush=True)
{then}
"""


def open_folder() -> Path:
    """pytest's own temporary folders are closed to the user that root lends the server."""
    folder = Path(tempfile.mkdtemp(prefix="registri-pg-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A cluster made once: a copy is quicker than another initdb."""
    cluster = postgres.Cluster(open_folder())
    cluster.use()
    cluster.release()
    yield cluster.data
    shutil.rmtree(cluster.root)


@pytest.fixture
def root() -> Iterator[Path]:
    """An empty folder, in which no server is left behind."""
    folder = open_folder()
    cluster = postgres.Cluster(folder / "postgres")
    yield cluster.root
    with cluster._gate():
        cluster._stop()
    shutil.rmtree(folder)


@pytest.fixture
def new_cluster(root: Path) -> Iterator[postgres.Cluster]:
    cluster = postgres.Cluster(root)
    yield cluster
    cluster.release()


@pytest.fixture
def cluster(new_cluster: postgres.Cluster, template: Path) -> postgres.Cluster:
    subprocess.run(["cp", "-a", template, new_cluster.data], check=True)
    return new_cluster


@pytest.fixture
def start_user(root: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start another process that uses the cluster and then does what it is told; by default it waits for its end."""
    started = []

    def start(then: str = "input()") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USER.format(root=str(root), then=then)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def server_pid(process: subprocess.Popen[str]) -> int:
    return int(process.stdout.readline())


def remember(cluster: postgres.Cluster, word: str) -> None:
    with cluster._connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS memory (word text)")
        connection.execute("INSERT INTO memory VALUES (%s)", [word])


def remembered(cluster: postgres.Cluster) -> list[str]:
    with cluster._connect() as connection:
        return [word for (word,) in connection.execute("SELECT word FROM memory").fetchall()]


def kill_outright(*processes: psutil.Process) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # some go by themselves when their parent is gone
            process.kill()


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_server_is_durable_private_and_checks_its_pages(cluster):
    cluster.use()

    with cluster._connect() as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "listen_addresses")
        }
    assert shown == {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "",
    }
    assert cluster.socket_dir.stat().st_mode & 0o077 == 0
    assert cluster.data.stat().st_mode & 0o077 == 0


def test_last_of_two_processes_stops_the_server(cluster, start_user):
    first, second = start_user(), start_user()
    assert server_pid(first) == server_pid(second)

    first.communicate("\n")
    assert cluster._is_running()

    second.communicate("\n")
    assert not cluster._is_running()


def test_twelve_processes_at_once_share_one_server(cluster):
    together = subprocess.run(
        [sys.executable, "-c", TWELVE_USERS.format(root=str(cluster.root))],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd=PROJECT,
        check=True,
    )

    pids = together.stdout.split()
    assert len(pids) == 12
    assert len(set(pids)) == 1
    assert not cluster._is_running()


def test_killed_user_leaves_nothing_behind_that_keeps_the_server_for_good(cluster, start_user):
    killed, polite = start_user(), start_user()
    assert server_pid(killed) == server_pid(polite)

    killed.kill()
    killed.wait()
    polite.communicate("\n")

    assert not cluster._is_running()


def test_forked_child_does_not_stop_the_server(cluster, start_user):
    parent = start_user("import os, sys; child = os.fork(); child or sys.exit(); os.wait(); print('ended'); input()")
    server_pid(parent)

    assert parent.stdout.readline() == "ended\n"
    assert cluster._is_running()


def test_server_killed_outright_comes_back_with_its_data(cluster):
    cluster.use()
    remember(cluster, "parang")

    os.kill(int(cluster._pid()), signal.SIGKILL)
    wait_until(lambda: not cluster._is_running())
    cluster.use()

    assert remembered(cluster) == ["parang"]


def test_everything_killed_outright_comes_back_with_its_data(cluster, start_user):
    user = start_user()
    server = psutil.Process(server_pid(user))
    cluster.use()
    remember(cluster, "kawung")
    cluster.forget()

    kill_outright(psutil.Process(user.pid), server, *server.children())
    cluster.use()

    assert remembered(cluster) == ["kawung"]


def test_pid_file_that_names_a_living_stranger_does_not_keep_the_server_down(cluster):
    cluster.use()
    remember(cluster, "truntum")
    pid_file = cluster.data / "postmaster.pid"
    kept = pid_file.read_text()
    cluster.release()
    # A stranger of the server's own user: PostgreSQL itself would take this pid for a running server.
    owner = cluster.server_user
    stranger = subprocess.Popen(["sleep", "60"], user=owner.pw_uid if owner else None)

    try:
        pid_file.write_text(f"{stranger.pid}\n{kept.partition(chr(10))[2]}")
        cluster._hand_over(pid_file)
        cluster.use()
        assert remembered(cluster) == ["truntum"]
    finally:
        stranger.kill()
        stranger.wait()


def test_initdb_killed_midway_leaves_nothing_behind(new_cluster, start_user):
    user = start_user()
    wait_until(lambda: any(new_cluster.home.glob("draft-*/PG_VERSION")))
    starter = psutil.Process(user.pid)
    kill_outright(starter, *starter.children(recursive=True))
    user.wait()
    assert not new_cluster.data.exists()

    new_cluster.use("registri")

    assert not list(new_cluster.home.glob("draft-*"))
    assert new_cluster._accepts()


def test_cluster_of_another_version_is_refused_with_a_remedy(cluster):
    cluster.use()
    cluster.release()
    version_file = cluster.data / "PG_VERSION"
    ours = version_file.read_text()
    version_file.write_text("14\n")

    with pytest.raises(OtherVersionError, match=r"dibuat oleh PostgreSQL 14, .* pindahkan folder itu"):
        cluster.use()

    version_file.write_text(ours)


def test_disk_without_room_is_refused_before_anything_is_made(new_cluster, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10 * 1024**2))

    with pytest.raises(NoRoomError, match="sediakan sedikitnya 300 MB"):
        new_cluster.use()

    assert not new_cluster.data.exists()
    monkeypatch.undo()


def test_disk_that_is_full_at_start_is_named_as_the_reason(cluster):
    cluster.use()
    cluster.release()
    cluster.log.write_text('FATAL:  could not write lock file "postmaster.pid": No space left on device\n')

    assert isinstance(cluster._reason(), NoRoomError)


def test_server_that_cannot_start_shows_the_end_of_its_log(cluster):
    cluster.use()
    cluster.release()
    control_file = cluster.data / "global" / "pg_control"
    kept = control_file.rename(cluster.data / "pg_control.kept")

    with pytest.raises(ServerStartError, match="could not find the database system"):
        cluster.use()

    kept.rename(control_file)


def test_path_too_long_for_a_socket_gets_a_short_private_one(root):
    cluster = postgres.Cluster(root / ("panjang" * 14))

    try:
        cluster.use()
        assert len(os.fsencode(cluster.socket_dir)) < 80
        assert cluster.socket_dir.stat().st_mode & 0o077 == 0
    finally:
        cluster.release()
        for folder in {cluster.home, cluster.socket_dir}:
            shutil.rmtree(folder, ignore_errors=True)


def test_short_folder_that_others_could_enter_is_refused(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path)

    for name in ("open", "link"):
        with pytest.raises(NotOursError, match="milik pengguna lain"):
            postgres._private_folder(tmp_path / name)


@needs_root
def test_root_keeps_the_cluster_elsewhere_when_the_project_lies_in_a_closed_folder(root):
    root.parent.chmod(0o700)
    cluster = postgres.Cluster(root)

    try:
        cluster.use()
        assert cluster.home.parent == postgres.MACHINE_FOLDER
        assert cluster.home.stat().st_uid == 0
        assert (cluster.root / "home").resolve() == cluster.home
    finally:
        cluster.release()
        shutil.rmtree(cluster.home)
        root.parent.chmod(0o755)


@needs_root
def test_root_copies_programs_that_the_servers_user_cannot_reach(cluster, monkeypatch):
    package = Path(postgres.find_spec(postgres.WHEEL).origin).parent
    with tempfile.TemporaryDirectory() as closed:  # mode 0700
        (Path(closed) / package.name).symlink_to(package)
        (Path(closed) / f"{package.name}.libs").symlink_to(package.with_suffix(".libs"))
        spec = SimpleNamespace(origin=f"{closed}/{package.name}/__init__.py")
        monkeypatch.setattr(postgres, "find_spec", lambda name: spec)

        cluster.use()

    assert cluster._programs.is_relative_to(cluster.home)
    assert cluster._accepts()


def test_named_database_exists_from_the_first_use(cluster):
    cluster.use("registri")

    with psycopg.connect(host=str(cluster.socket_dir), user=postgres.SUPERUSER, dbname="registri") as connection:
        assert connection.info.dbname == "registri"
