"""A PostgreSQL server of the tests' own: found on this machine, started in a folder that goes with it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from bot.db.engine import Database

ENGINES = ("file", "server")
"""What a test may be run on, each by its name."""
USER = "postgres"
"""The server refuses to run as root; this is whom Debian makes for it."""
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}
"""No test cuts the power: a process that is killed leaves in the kernel's hands what it wrote."""
SETTINGS = QUICK | {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "timezone": "America/New_York",  # nothing may hang on where the server stands
}


def binaries() -> Path | None:
    """The folder of the server's programs: that of the path, else Debian's newest."""
    named = shutil.which("initdb")
    if named is not None:
        return Path(named).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(initdb: Path) -> float:
    return float(initdb.parts[-3])


def name_of(address: str) -> str:
    """The name of the database at an address."""
    return str(make_url(address).database)


class Server:
    """A running server; its databases are copies of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._is_migrated = False

    def address(self, database: str) -> str:
        """Where a database of it is, as the settings name it."""
        return f"postgresql+asyncpg://{USER}@/{database}?host={self._folder}"

    def fresh(self, *, migrated: bool = True, encoding: str = "UTF8") -> str:
        """The address of a new database, with our tables in it or without any."""
        if not migrated:
            return self._made("template0", encoding)
        if not self._is_migrated:
            asyncio.run(self._migrate())
            self._is_migrated = True
        return self._made("migrated")

    async def _migrate(self) -> None:
        self.ask("postgres", "CREATE DATABASE migrated TEMPLATE template0")
        await (await Database.open(self.address("migrated"), create=True)).close()

    def _made(self, template: str, encoding: str = "UTF8") -> str:
        name = f"t{next(self._numbers)}"
        made = f"CREATE DATABASE {name} TEMPLATE {template} ENCODING '{encoding}'"
        self.ask("postgres", made)
        return self.address(name)

    def ask(self, database: str, statement: str) -> str:
        """What a statement gives, as psql prints it, by somebody else than the bot."""
        command = ["psql", "-qAtX", "-h", str(self._folder), "-U", USER, "-d", database]
        return _run([*command, "-v", "ON_ERROR_STOP=1", "-c", statement])


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server while the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 letters at most
    data, log = folder / "data", folder / "log"
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    initdb = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", f"--username={USER}"]
    _run([*_as_user(), str(programs / "initdb"), *initdb, "-D", str(data)])
    told = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    control = [*_as_user(), str(programs / "pg_ctl"), "-D", str(data), "-w"]
    _run([*control, "-l", str(log), "-o", f"-k {folder} {told}", "start"])
    try:
        yield Server(folder)
    finally:
        _run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder)


def _as_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"]


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd="/")
    return done.stdout.strip()
