"""One thing measured in a process of its own, on an empty database of either kind."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.plugins.cluster import Cluster


@dataclass(frozen=True)
class Measured:
    seconds: float
    megabytes: float


class Database:
    """An empty database of this kind, for one round."""

    def __init__(self, kind: str, path: Path) -> None:
        self.cluster = Cluster() if kind == "postgresql" else None
        self.path = path

    def __enter__(self) -> str:
        return self.cluster.start() if self.cluster else f"sqlite:///{self.path}"

    def __exit__(self, *_: object) -> None:
        if self.cluster:
            self.cluster.stop()


def in_a_process(module: str, *words: str | Path, address: str = "") -> Measured:
    """What `module` does with these words, which ends in `tell`."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        env=os.environ
        | {
            "DATABASE_URL": address or "sqlite:///",
            "DJANGO_SETTINGS_MODULE": "plimsoll.config.settings",
            "PLIMSOLL_AUTHORITY": "harbourside",
            "PLIMSOLL_DEMO": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return Measured(**json.loads(done.stdout))


def tell(do: Callable[..., float], *words: str) -> None:
    """Do it, and print how many seconds it says it took and the memory of the process."""
    print(json.dumps({"seconds": do(*words), "megabytes": _peak()}))


def migrate() -> None:
    """Make the tables of the database, in this process."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def command(*words: str) -> float:
    """Seconds that a command of Plimsoll takes in this process; what it prints goes nowhere."""
    import django

    django.setup()
    from plimsoll.cli.commands import plimsoll

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        started = perf_counter()
        try:
            plimsoll(list(words), standalone_mode=False)
        except SystemExit as end:
            if end.code:
                raise
        return perf_counter() - started


def best(measured: list[Measured]) -> float:
    """What else the machine does only ever adds, so the quickest is nearest the truth."""
    return min(one.seconds for one in measured)


def _peak() -> float:
    """The most memory this process has had, in MB. `ru_maxrss` would tell the parent's."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
