"""A PostgreSQL cluster for one test run: made in half a second, never kept."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

# Nothing here outlives the run, so nothing needs to reach the disk.
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")


def program(name: str) -> str:
    """Where a program of the PostgreSQL server is: Debian keeps them out of the PATH."""
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))
    found = shutil.which(name) or (debian[-1] if debian else "")
    if not found:
        pytest.exit(f"PostgreSQL's {name} is not installed: apt-get install postgresql", 1)
    return found


class Cluster:
    """Listens on a socket in a folder of its own, so two runs never meet."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="plimsoll-pg-"))
        self.data = self.folder / "data"
        # PostgreSQL refuses to run as root.
        self.person: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            self.person = {"user": "nobody", "extra_groups": ()}

    def start(self) -> str:
        """Start the server and return the address of its database."""
        self._run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            "plimsoll",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        settings = [word for setting in QUICK for word in ("-c", setting)]
        with (self.folder / "log").open("wb") as log:
            self.server = subprocess.Popen(
                [program("postgres"), "-D", self.data, "-k", self.folder, "-h", "", *settings],
                stdout=log,
                stderr=log,
                **self.person,
            )
        self._wait()
        return f"postgres://plimsoll@{quote(str(self.folder), safe='')}/postgres"

    def stop(self) -> None:
        # At once: what it holds is thrown away.
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        for _ in range(200):
            if (
                subprocess.run(
                    [program("pg_isready"), "-q", "-h", self.folder, "-U", "plimsoll"], check=False
                ).returncode
                == 0
            ):
                return
            time.sleep(0.05)
        pytest.exit(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}", 1)

    def _run(self, name: str, *words: str) -> None:
        done = subprocess.run(
            [program(name), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **self.person,
        )
        if done.returncode:
            pytest.exit(f"{name} failed: {done.stderr}", 1)
