"""An authority of its own for a test: Liverpool's framework under another name, and changed."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_django import Settings

from plimsoll.framework import editions
from plimsoll.intervention.steps.ladder import process

SHIPPED = Path(__file__).parents[1] / "policy"
EDITION = "2026-27.toml"


@contextmanager
def elsewhere(settings: Settings, root: Path, change: Callable[[str], str]) -> Iterator[None]:
    """`root` is a folder that may be filled; `change` is given the policy as it is written."""
    policy = root / "policy"
    shutil.copytree(SHIPPED, policy)
    text = (policy / "liverpool" / EDITION).read_text(encoding="utf-8")
    (policy / "elsewhere").mkdir()
    (policy / "elsewhere" / EDITION).write_text(change(text), encoding="utf-8")
    settings.POLICY_ROOT, settings.AUTHORITY = policy, "elsewhere"
    editions.forget()
    process.cache_clear()
    yield
    editions.forget()
